import { html } from "htm/preact";
import { points } from "./numbers";

const width = 52;
const height = 16;
const inset = 3;

/** Scores 0 to 100 of a symbol, oldest first, equal steps whatever the time between; the dot is the newest. */
export function Sparkline({ of: scores, name }: { of: readonly (number | null)[]; name: string }) {
  const known = scores.filter((score) => score !== null);
  if (known.length === 0) return html`<span class="quiet">no data</span>`;
  const step = known.length === 1 ? 0 : (width - 2 * inset) / (known.length - 1);
  const places = known.map(
    (score, n) =>
      [
        known.length === 1 ? width - inset : inset + n * step,
        inset + (1 - score / 100) * (height - 2 * inset),
      ] as const,
  );
  const last = places.at(-1) ?? [0, 0];
  return html`<svg
    class="spark" width=${width} height=${height} viewBox="0 0 ${width} ${height}" role="img"
    aria-label=${`last ${known.length} scores of ${name}: ${known.map((score) => points(score)).join(", ")}`}
  >
    <path class="half" d="M0 ${height / 2}H${width}" />
    <path class="line" d=${`M${places.map(([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`).join("L")}`} />
    <circle class="now" cx=${last[0]} cy=${last[1]} r="2" />
  </svg>`;
}
