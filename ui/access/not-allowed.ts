import { html } from "htm/preact";
import { Icon } from "../parts/icon";
import { hrefOf } from "../shell/route";

/** In place of a page the account may not see. */
export function NotAllowed({ needs }: { needs: string }) {
  return html`<div class="empty">
    <p class="none"><${Icon} name="error" />403: not allowed</p>
    <p>This page is for the role ${needs}. An admin can give it to you.</p>
    <p><a href=${hrefOf("desk")}>Back to the desk</a></p>
  </div>`;
}
