import type { ComponentChildren } from "preact";
import { html } from "htm/preact";
import { useStore } from "../store-context";
import { Icon } from "./icon";
import { Skeleton, type SkeletonProps } from "./skeleton";

export interface EmptyProps {
  /** Whether the daemon has answered at all. */
  readonly known: boolean;
  readonly why: string;
  readonly next: ComponentChildren;
  /** Why not, where the panel has a request of its own. */
  readonly trouble?: string | null;
  /** What stands here until the answer. */
  readonly coming?: SkeletonProps;
}

/**
 * In place of data that is not there: until the daemon has answered the room it will take, after that the words, why,
 * and the one next step.
 */
export function Empty({ known, why, next, trouble = null, coming = {} }: EmptyProps) {
  const overviewTrouble = useStore().trouble.value;
  const unanswered = trouble ?? overviewTrouble;
  if (!known && unanswered === null) return html`<${Skeleton} ...${coming} />`;
  return html`<div class="empty">
    <p class="none">
      ${known ? html`<${Icon} name="none" />no data` : html`<${Icon} name="error" />no answer`}
    </p>
    <p>${known ? why : unanswered}</p>
    ${known ? html`<p>${next}</p>` : null}
  </div>`;
}
