import { html } from "htm/preact";
import { may } from "../live/access";
import type { AlertShape } from "../wire";
import { HoldButton } from "./hold-button";
import { offeredFor } from "./offered";

/** What one can do with an alert from its row, for those who may. */
export function RowActs({ of: alert }: { of: AlertShape }) {
  if (!may("dashboard.alerts.manage") || offeredFor(alert).hold === null) return null;
  return html`<span class="acts"><${HoldButton} of=${alert} small /></span>`;
}
