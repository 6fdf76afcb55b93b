import { html } from "htm/preact";
import { useStore } from "../store-context";
import { RowActs } from "../acts/row-acts";
import { Opens } from "../details/opens";
import { useLines } from "../lists/use-lines";
import { useSteady } from "../lists/use-steady";
import { Age } from "../parts/age";
import { Icon } from "../parts/icon";
import { Priority } from "../parts/priority";
import { SymbolLink } from "../parts/symbol-link";
import type { AlertShape } from "../wire";

export interface AlertLineProps {
  readonly row: AlertShape;
  /** How many like it there were, itself included, and over what time. */
  readonly alike?: { readonly count: number; readonly since: string } | null;
  readonly unread?: boolean;
}

/** An alert as two short lines. */
export function AlertWords({ row, alike = null }: AlertLineProps) {
  return html`<div class="what">
    <p class="message" title=${row.message}>
      <${Opens} kind="alert" id=${row.id} label=${`${row.priority} ${row.type} alert: ${row.message}`}>
        ${row.message}
      <//>
    </p>
    <p class="meta">
      ${
        row.symbol === null || row.message.includes(row.symbol)
          ? null
          : html`<span><${SymbolLink} of=${row.symbol} /></span>`
      }
      <span>${row.type}</span>
      <${AlertStatus} row=${row} />
      ${row.source === null ? null : html`<span>${row.source}</span>`}
      ${
        alike === null || alike.count < 2
          ? null
          : html`<span class="alike">${alike.count} alike in ${alike.since}</span>`
      }
    </p>
  </div>`;
}

export function AlertLine({ row, alike = null, unread = false }: AlertLineProps) {
  return html`<li class="row ${toneOf(row, useStore().arrivedLive(row.id), unread)}" data-alert=${row.id}>
    <${Priority} of=${row.priority} />
    <${AlertWords} row=${row} alike=${alike} />
    <${RowActs} of=${row} />
    <span class="age">${unread ? html`<span class="sr">new, </span>` : null}<${Age} at=${row.timestamp} /></span>
  </li>`;
}

export function toneOf(row: AlertShape, fresh: boolean, unread: boolean): string {
  const over = row.state === "resolved" || row.state === "expired";
  return [fresh ? "is-fresh" : "", over ? "is-over" : "", unread ? "is-unread" : ""].join(" ");
}

export function AlertsList({ rows }: { rows: readonly AlertShape[] }) {
  const steady = useSteady(rows, ({ id }) => id);
  const lines = useLines(steady, (row) => html`<${AlertLine} key=${row.id} row=${row} />`);
  return html`<ul aria-label="Alerts, newest first">${lines}</ul>`;
}

/** Only a state alert fires and resolves; an event simply happened, until someone has it or it expires. */
function AlertStatus({ row }: { row: AlertShape }) {
  if (row.kind === "state" && row.state === "open")
    return html`<span class="firing"><${Icon} name="live" />firing</span>`;
  if (row.state === "resolved") return html`<span class="resolved"><${Icon} name="check" />resolved</span>`;
  if (row.state === "acknowledged" && row.acknowledged !== null)
    return html`<span class="held-by"><${Icon} name="check" />${row.acknowledged.by} has it</span>`;
  if (row.superseded_by !== null) return html`<span>superseded</span>`;
  return row.state === "open" ? null : html`<span>${row.state}</span>`;
}
