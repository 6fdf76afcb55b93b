import { html } from "htm/preact";
import { waiting } from "./words";

/** What is on its way: rows of a list, tiles of figures, or one drawing. */
type SkeletonShape = "rows" | "tiles" | "drawing";

export interface SkeletonProps {
  readonly shape?: SkeletonShape;
  /** How many are expected; what does not fit the panel is cut off. */
  readonly of?: number;
}

const usual: Readonly<Record<SkeletonShape, number>> = { rows: 20, tiles: 6, drawing: 1 };

/** In place of what the daemon has not answered yet: as much room as it will take, and no word about what is there. */
export function Skeleton({ shape = "rows", of = usual[shape] }: SkeletonProps) {
  return html`<div class="skeleton ${shape}" aria-busy="true">
    <p class="sr">${waiting}</p>
    ${Array.from({ length: of }, (_, n) => html`<i key=${n} aria-hidden="true"></i>`)}
  </div>`;
}
