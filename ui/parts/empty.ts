import { html } from "htm/preact";
import { useStore } from "../store-context";
import { Icon } from "./icon";
import { waiting } from "./words";

export interface EmptyProps {
  /** Whether the daemon has answered at all. */
  readonly known: boolean;
  readonly why: string;
  readonly next: string;
  /** Why not, where the panel has a request of its own. */
  readonly trouble?: string | null;
}

/** In place of data that is not there: the words, why, and the one next step. */
export function Empty({ known, why, next, trouble = null }: EmptyProps) {
  const overviewTrouble = useStore().trouble.value;
  const reason = known ? why : (trouble ?? overviewTrouble ?? waiting);
  return html`<div class="empty">
    <p class="none"><${Icon} name="none" />no data</p>
    <p>${reason}</p>
    ${known ? html`<p>${next}</p>` : null}
  </div>`;
}
