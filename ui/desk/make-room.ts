import { GridStackEngine } from "gridstack/dist/gridstack-engine";
import { panelMin, type Placed } from "./layout";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** The layout with one panel in another box: the others make room and close up. Hidden ones take none. */
export function withMoved(places: readonly Placed[], panel: Placed["panel"], to: Box): readonly Placed[] {
  const nodes = places
    .filter(({ hidden }) => !hidden)
    .map(({ panel: id, x, y, w, h }) => ({ id, x, y, w, h, minW: panelMin.w, minH: panelMin.h }));
  const engine = new GridStackEngine({ column: 12 });
  for (const node of nodes) engine.addNode(node);
  const moved = engine.nodes.find(({ id }) => id === panel);
  if (moved !== undefined) engine.moveNode(moved, fitting(to));
  return places.map((place) => {
    const node = engine.nodes.find(({ id }) => id === place.panel);
    return node === undefined
      ? place
      : { ...place, x: node.x ?? place.x, y: node.y ?? place.y, w: node.w ?? place.w, h: node.h ?? place.h };
  });
}

/** The layout with one panel shown or put away; what stands below closes up. */
export function withShown(places: readonly Placed[], panel: Placed["panel"], shown: boolean): readonly Placed[] {
  const next = places.map((place) => (place.panel === panel ? { ...place, hidden: !shown } : place));
  const first = next.find(({ hidden }) => !hidden);
  return first === undefined ? next : withMoved(next, first.panel, first);
}

function fitting({ x, y, w, h }: Box): Box {
  const width = Math.min(12, Math.max(panelMin.w, w));
  return {
    x: Math.min(12 - width, Math.max(0, x)),
    y: Math.min(200, Math.max(0, y)),
    w: width,
    h: Math.min(100, Math.max(panelMin.h, h)),
  };
}
