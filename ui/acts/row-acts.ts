import { html } from "htm/preact";
import { may } from "../live/access";
import type { AlertShape } from "../wire";
import { HoldButton } from "./hold-button";
import { MuteButton } from "./mute-button";

/** What one can do with an alert from its row, for those who may. */
export function RowActs({ of: alert }: { of: AlertShape }) {
  if (!may("dashboard.alerts.manage")) return null;
  return html`<span class="acts"><${HoldButton} of=${alert} small /><${MuteButton} of=${alert} small /></span>`;
}
