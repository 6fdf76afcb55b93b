import { html } from "htm/preact";
import { Age } from "../parts/age";
import { useStore } from "../desk-context";
import { Empty } from "../parts/empty";
import { HeldBackCounts } from "./held-back";
import { Icon } from "../parts/icon";
import { Panel } from "./panel";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";
import type { AlertShape } from "../wire";

export function AlertsPanel() {
  const store = useStore();
  const rows = store.alerts.value;
  return html`<${Panel} name="alerts" title="Recent Alerts" filled=${rows && rows.length > 0} newestAt=${rows?.[0]?.timestamp ?? null} bar=${html`<${HeldBackCounts} />`}>
    ${rows === null || rows.length === 0
      ? html`<${Empty} known=${rows !== null} why=${`Nothing was raised over the last ${store.timeframe.value}.`} next="What was held back is counted above, by reason." />`
      : html`<${AlertsList} rows=${rows} />`}
  <//>`;
}

export function AlertsList({ rows }: { rows: readonly AlertShape[] }) {
  return html`<ul aria-label="Alerts, newest first">${rows.map((row) => html`<${AlertLine} key=${row.id} row=${row} />`)}</ul>`;
}

function AlertLine({ row }: { row: AlertShape }) {
  const over = row.state === "resolved" || row.state === "expired";
  return html`<li class="${useStore().arrivedLive(row.id) ? "is-fresh" : ""} ${over ? "is-over" : ""}">
    <${Priority} of=${row.priority} />
    <div class="what">
      <p class="message" title=${row.message}>${row.message}</p>
      <p class="meta">${row.symbol === null ? null : html`<span><${SymbolLink} of=${row.symbol} /></span>`}<span>${row.type}</span><${Standing} row=${row} />${row.source === null ? null : html`<span>${row.source}</span>`}</p>
    </div>
    <span class="age"><${Age} at=${row.timestamp} /></span>
  </li>`;
}

/** Only a state alert fires and resolves; an event simply happened, until someone has it or it expires. */
function Standing({ row }: { row: AlertShape }) {
  if (row.kind === "state" && row.state === "open") return html`<span class="firing"><${Icon} name="live" />firing</span>`;
  if (row.state === "resolved") return html`<span class="resolved"><${Icon} name="check" />resolved</span>`;
  if (row.superseded_by !== null) return html`<span>superseded</span>`;
  return html`<span>${row.state === "open" ? row.kind : row.state}</span>`;
}
