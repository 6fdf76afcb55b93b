import { html } from "htm/preact";
import { Dialog } from "../parts/dialog";
import { Tool } from "../parts/tool";
import { bindings } from "./keys";
import { overlay } from "./overlay";

/** Every key on one sheet. */
export function KeySheet() {
  return html`<${Dialog} class="key-sheet" label="Keys" close=${() => overlay.close()}>
    <div class="head"><h2>Keys</h2><${Tool} icon="close" label="Close" run=${() => overlay.close()} /></div>
    <dl>
      ${bindings.map(
        ({ keys, does }) =>
          html`<div key=${keys}>
            <dt>${keys.split(/ +/).map((key) => html`<kbd key=${key}>${key}</kbd> `)}</dt>
            <dd>${does}</dd>
          </div>`,
      )}
    </dl>
    <p class="quiet">In a panel's grip: arrows move it, with Shift they resize it, Home puts all back.</p>
  <//>`;
}
