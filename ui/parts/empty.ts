import { html } from "htm/preact";
import { useStore } from "../store-context";
import { Icon } from "./icon";
import { waiting } from "./words";

export interface EmptyProps {
  /** Whether the daemon has answered at all. */
  readonly known: boolean;
  readonly why: string;
  readonly next: string;
  /** Why it has not, where it was asked for this alone. */
  readonly trouble?: string | null;
}

/** What stands where there is nothing: the words, why, and the one next step. */
export function Empty({ known, why, next, trouble = null }: EmptyProps) {
  const overviewTrouble = useStore().trouble.value;
  const reason = known ? why : (trouble ?? overviewTrouble ?? waiting);
  return html`<div class="empty">
    <p class="none"><${Icon} name="none" />no data</p>
    <p>${reason}</p>
    ${known ? html`<p>${next}</p>` : null}
  </div>`;
}
