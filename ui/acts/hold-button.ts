import { html } from "htm/preact";
import { useStore } from "../store-context";
import { Icon } from "../parts/icon";
import type { AlertShape } from "../wire";
import { offeredFor } from "./offered";
import { actAloud, isUnderWay } from "./send-act";

/** Acknowledges an alert, or gives it back: a small tool in a row, a button with its words elsewhere. */
export function HoldButton({ of: alert, small = false }: { of: AlertShape; small?: boolean }) {
  const store = useStore();
  const { hold } = offeredFor(alert);
  if (hold === null) return null;
  const held = hold === "unacknowledge";
  const words = held ? "Give back" : "Acknowledge";
  const busy = isUnderWay(alert.id);
  const look = small ? `tool ${held ? "is-on" : ""}` : `button ${held ? "" : "primary"}`;
  return html`<button
    type="button" class=${look} data-act="acknowledge" title=${small ? `${words}, a` : undefined}
    aria-label=${small ? `${words}: ${alert.message}` : undefined} aria-busy=${busy ? "true" : "false"}
    onClick=${() => void actAloud(store, alert.id, hold)}
  >
    ${small ? html`<${Icon} name="check" />` : html`${busy ? "One moment" : words} <kbd class="wide-only" aria-hidden="true">a</kbd>`}
  </button>`;
}
