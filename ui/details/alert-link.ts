import { html } from "htm/preact";
import type { AlertShape } from "../wire";
import { openedBy } from "../shell/opened";
import { useRouter } from "../shell/router";
import { Opens } from "./opens";

/** To an alert that came of a decision; of the one that is open only its state. */
export function AlertLink({ of: alert }: { of: AlertShape }) {
  if (openedBy(useRouter().route.value.query)?.id === alert.id) return html`this alert: ${alert.state}`;
  return html`<${Opens} kind="alert" id=${alert.id} label=${`alert ${alert.id}: ${alert.state}, ${alert.message}`}>
    alert ${alert.id}: ${alert.state}
  <//>`;
}
