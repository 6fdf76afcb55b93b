import { html } from "htm/preact";
import { useStore } from "./desk-context";
import { Icon } from "./icon";

/** What stands where there is nothing: the words, why, and the one next step. */
export function Empty({ known, why, next }: { known: boolean; why: string; next: string }) {
  const trouble = useStore().trouble.value;
  const reason = known ? why : trouble ?? "Waiting for the daemon's first answer.";
  return html`<div class="empty">
    <p class="none"><${Icon} name="none" />no data</p>
    <p>${reason}</p>
    ${known ? html`<p>${next}</p>` : null}
  </div>`;
}
