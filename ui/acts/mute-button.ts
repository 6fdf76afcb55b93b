import { html } from "htm/preact";
import { Icon } from "../parts/icon";
import { overlay } from "../shell/overlay";
import type { AlertShape } from "../wire";
import { beginMute, muting } from "./muting";

/** Begins a mute of what is like this alert: a small tool in a row, a button with its words elsewhere. */
export function MuteButton({ of: alert, small = false }: { of: AlertShape; small?: boolean }) {
  const begun = overlay.shown.value === "mute" && muting.value?.id === alert.id;
  return html`<button
    type="button" class=${small ? "tool" : "button"} data-act="mute" data-anchor=${begun ? "mute" : undefined}
    title=${small ? "Mute, m" : undefined} aria-label=${small ? `Mute what is like: ${alert.message}` : undefined}
    aria-haspopup="dialog" onClick=${() => beginMute(alert)}
  >
    ${small ? html`<${Icon} name="mute" />` : html`Mute… <kbd class="wide-only" aria-hidden="true">m</kbd>`}
  </button>`;
}
