import { html } from "htm/preact";
import { useStore } from "../store-context";
import { points } from "./numbers";
import { Value } from "./value";
import type { SignalShape } from "../wire";

/** What the bar is drawn from. */
type Scored = Pick<SignalShape, "direction" | "score" | "strength" | "decision">;

const width = 92;
const middle = width / 2;

/**
 * Starts at 50, so the side is the direction; the figure beside it is the strength. Fades where it was too weak for
 * an alert.
 */
export function ScoreBar({ row, figure = points(row.strength) }: { row: Scored; figure?: string | null }) {
  if (row.strength === null)
    return row.score === null
      ? html`<${Value} of=${null} />`
      : html`<span class="quiet">score ${points(row.score)}</span>`;
  const min = useStore().settings.value?.signals.min_score ?? null;
  const end = (width * placeOf(row, row.strength)) / 100;
  return html`<span class="cell-score">
    <svg
      class="score is-${row.direction} ${row.decision === "below-threshold" ? "is-under" : ""}" width=${width}
      height="10" viewBox="0 0 ${width} 10" role="img" aria-label=${`score ${points(row.score) ?? "no data"} of 100`}
    >
      <rect class="track" x=".5" y="2.5" width=${width - 1} height="5" />
      <rect class="fill" x=${Math.min(middle, end)} y="2" width=${Math.abs(end - middle)} height="6" />
      <path class="mid" d="M${middle} 1v8" />
      ${thresholdsOf(row, min).map((at) => html`<path key=${at} class="tick" d="M${(width * at) / 100} 0v10" />`)}
    </svg>
    <b class="num">${figure}</b>
  </span>`;
}

/** 0 to 100 with 50 in the middle, whichever way the source counts. */
function placeOf(row: Scored, strength: number): number {
  if (row.direction === "long") return strength;
  if (row.direction === "short") return 100 - strength;
  return row.score ?? 50;
}

/**
 * Where an alert begins, on the side this signal points to; on both where it points to neither. Takes the setting
 * min_score.
 */
function thresholdsOf(row: Scored, min: number | null): readonly number[] {
  if (min === null || row.direction === "exit") return [];
  if (row.direction === "long") return [min];
  return row.direction === "short" ? [100 - min] : [100 - min, min];
}
