import { html } from "htm/preact";
import { Icon } from "../parts/icon";
import { hrefOf } from "../shell/route";

/** Stands in the place of a page one may not see. */
export function NotAllowed({ needs }: { needs: string }) {
  return html`<div class="empty">
    <p class="none"><${Icon} name="error" />403: not allowed</p>
    <p>This page is for the role ${needs}. Who has it can give it to you.</p>
    <p><a href=${hrefOf("desk")}>Back to the desk</a></p>
  </div>`;
}
