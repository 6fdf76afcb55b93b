import { html } from "htm/preact";
import { putAway, sayings } from "../live/sayings";
import { Icon } from "../parts/icon";
import { Tool } from "../parts/tool";

/** What was done or failed, in a corner, read aloud once. */
export function Sayings() {
  return html`<div class="sayings" role="status" aria-live="polite">
    ${sayings.value.map(({ id, manner, text }) => html`<p key=${id} class="saying ${manner}"><${Icon} name=${manner === "good" ? "check" : "warning"} /><span>${text}</span><${Tool} icon="close" label="Put away" run=${() => putAway(id)} /></p>`)}
  </div>`;
}
