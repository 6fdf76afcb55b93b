import { html } from "htm/preact";
import { useStore } from "../store-context";

/** Reads new high alerts aloud in screen readers. Only the last few: the list itself holds them all. */
export function Announcer() {
  const alerts = useStore().raised.value.slice(-3);
  return html`<div class="sr announcer" role="log" aria-live="assertive" aria-label="New high alerts">
    ${alerts.map((alert) => html`<p key=${alert.id}>High alert: ${alert.message}</p>`)}
  </div>`;
}
