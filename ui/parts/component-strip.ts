import { html } from "htm/preact";
import type { Direction } from "../../src/core/signal";
import { componentName, disagrees } from "./agreement";
import { Icon } from "./icon";
import { points } from "./numbers";

const bar = 6;
const gap = 2;
const height = 16;

/** What a score is made of: a bar up for each part above 50, down below it; a sign where one points the other way. */
export function ComponentStrip({
  names,
  parts,
  direction,
}: {
  names: readonly string[];
  parts: readonly (number | null)[];
  direction: Direction;
}) {
  if (parts.every((part) => part === null)) return html`<span class="quiet sr">no components</span>`;
  const against = names.filter((_, n) => disagrees(direction, parts[n] ?? null));
  const width = names.length * (bar + gap) - gap;
  const words = names.map((name, n) => `${componentName(name)} ${points(parts[n] ?? null) ?? "no data"}`).join(", ");
  return html`<span class="strip">
    <svg width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img" aria-label=${words}>
      <title>${words}</title>
      <path class="half" d="M0 ${height / 2}H${width}" />
      ${names.map((name, n) => html`<${Bar} key=${name} at=${n * (bar + gap)} of=${parts[n] ?? null} />`)}
    </svg>
    ${
      against.length === 0
        ? null
        : html`<span
          class="against"
          title=${`${against.map(componentName).join(", ")} ${against.length === 1 ? "points" : "point"} the other way`}
        ><${Icon} name="warning" /><span class="sr">disagreement</span></span>`
    }
  </span>`;
}

function Bar({ at, of: score }: { at: number; of: number | null }) {
  if (score === null) return null;
  const size = Math.max(1, (Math.abs(score - 50) / 50) * (height / 2));
  return html`<rect
    class=${score < 50 ? "short" : "long"} x=${at} width=${bar} y=${score < 50 ? height / 2 : height / 2 - size}
    height=${size}
  />`;
}
