import { computed, type ReadonlySignal } from "@preact/signals";
import { prefer, preferences, type PanelPlace } from "../live/preferences";

/** The panels of the desk and where they stand until someone moves them: a grid of twelve columns. */
const panels = [
  { panel: "signals", title: "Latest Signals", x: 0, y: 0, w: 7, h: 14 },
  { panel: "alerts", title: "Recent Alerts", x: 7, y: 0, w: 5, h: 14 },
  { panel: "alpha", title: "Alpha Opportunities", x: 0, y: 14, w: 7, h: 10 },
  { panel: "market", title: "Market Overview", x: 7, y: 14, w: 5, h: 10 },
] as const;

export type PanelName = (typeof panels)[number]["panel"];
export type Placed = PanelPlace & { readonly panel: PanelName };

/** Least a panel may measure, in columns and rows. */
export const panelMin = { w: 3, h: 5 };

const asItComes: readonly Placed[] = panels.map(({ panel, x, y, w, h }) => ({ panel, x, y, w, h, hidden: false }));

/** Where every panel stands now: one the account's layout does not know stands below the others. */
export const layout: ReadonlySignal<readonly Placed[]> = computed(() => {
  const kept = preferences.value.layout;
  if (kept === null) return asItComes;
  const bottom = Math.max(0, ...kept.map(({ y, h }) => y + h));
  return asItComes.map((place) => {
    const mine = kept.find(({ panel }) => panel === place.panel);
    return mine === undefined
      ? { ...place, y: bottom }
      : { ...mine, panel: place.panel, w: Math.min(mine.w, 12 - mine.x) };
  });
});

export const isMoved: ReadonlySignal<boolean> = computed(() => preferences.value.layout !== null);

export function keepLayout(places: readonly Placed[]): void {
  prefer({ layout: [...places] });
}

export function resetLayout(): void {
  prefer({ layout: null });
}

export function titleOfPanel(name: PanelName): string {
  return panels.find(({ panel }) => panel === name)?.title ?? name;
}
