import type { ComponentChildren } from "preact";
import { html } from "htm/preact";

/** Below a chart; it stands from the start, and `keep` is null until there is something to keep. */
export function PictureLine({ keep, children }: { keep: (() => void) | null; children?: ComponentChildren }) {
  return html`<p class="aside">
    <button type="button" class="plain" disabled=${keep === null} onClick=${keep}>Keep as PNG</button>
    ${children}
  </p>`;
}
