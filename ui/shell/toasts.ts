import { html } from "htm/preact";
import { dismissToast, toasts } from "../live/toasts";
import { Icon } from "../parts/icon";
import { Tool } from "../parts/tool";

/** What was done or failed, in a corner, read aloud once. */
export function Toasts() {
  return html`<div class="toasts" role="status" aria-live="polite">
    ${toasts.value.map(
      ({ id, tone, text }) =>
        html`<p key=${id} class="toast ${tone}">
          <${Icon} name=${tone === "good" ? "check" : "warning"} />
          <span>${text}</span>
          <${Tool} icon="close" label="Put away" run=${() => dismissToast(id)} />
        </p>`,
    )}
  </div>`;
}
