import { html } from "htm/preact";
import { points } from "./numbers";
import { Value } from "./value";
import type { SignalShape } from "./wire";

const width = 92;
const middle = width / 2;

/** Starts at 50, so the side tells the direction; the figure beside it is the strength. Fades where it was too weak for an alert. */
export function ScoreBar({ row }: { row: SignalShape }) {
  if (row.strength === null) return row.score === null ? html`<${Value} of=${null} />` : html`<span class="quiet">score ${points(row.score)}</span>`;
  const end = (width * placeOf(row, row.strength)) / 100;
  return html`<span class="cell-score">
    <svg class="score is-${row.direction} ${row.decision === "below-threshold" ? "is-under" : ""}" width=${width} height="10" viewBox="0 0 ${width} 10" role="img" aria-label=${`score ${points(row.score) ?? "no data"} of 100`}>
      <rect class="track" x=".5" y="2.5" width=${width - 1} height="5" />
      <rect class="fill" x=${Math.min(middle, end)} y="2" width=${Math.abs(end - middle)} height="6" />
      <path class="mid" d="M${middle} 1v8" />
    </svg>
    <b class="num">${points(row.strength)}</b>
  </span>`;
}

/** 0 to 100 with 50 in the middle, whichever way the source counts. */
function placeOf(row: SignalShape, strength: number): number {
  if (row.direction === "long") return strength;
  if (row.direction === "short") return 100 - strength;
  return row.score ?? 50;
}
