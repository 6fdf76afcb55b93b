import { html } from "htm/preact";
import { alertStates, alertTypes, priorities } from "../../src/core/alert";
import { useStore } from "../store-context";
import { useFilters } from "../lists/filters";
import { sinceField, sourceField, symbolField, type FieldsOf } from "../lists/filter-fields";
import { ListPage } from "../lists/list-page";
import { RowActs } from "../acts/row-acts";
import { Silences, useSilences } from "../acts/silences";
import { AlertWords, toneOf } from "../panels/alert-line";
import { Age } from "../parts/age";
import type { Column } from "../parts/column-heads";
import { Priority } from "../parts/priority";
import { hrefOf } from "../shell/route";
import type { AlertShape, Frame } from "../wire";

const columns: readonly Column[] = [
  { class: "c-priority", title: "Priority", term: "priority" },
  { class: "c-what", title: "Alert" },
  { class: "c-acts", title: "Acts", unseen: true },
  { class: "c-age num", title: "Age" },
];

const fields: FieldsOf<"alerts"> = [
  { name: "q", label: "search", placeholder: "words of the message" },
  symbolField,
  { name: "priority", label: "priority", options: priorities },
  { name: "type", label: "type", options: alertTypes },
  { name: "state", label: "state", options: alertStates },
  sourceField,
  sinceField("raised in"),
];

/** Every alert kept. */
export function Page() {
  const filters = useFilters(fields);
  const silences = useSilences();
  const active = silences.value?.items ?? [];
  return html`<${ListPage}
    name="alerts" title="Alerts" path="api/alerts" filters=${filters} fields=${fields}
    aside=${html`<a class="button small" href=${hrefOf("held-back")}>what was held back</a>`}
    bar=${active.length === 0 ? undefined : html`<${Silences} of=${active} changed=${silences.refetch} />`}
    keyOf=${(row: AlertShape) => row.id} timeOf=${(row: AlertShape) => row.timestamp} changedBy=${concernsAlerts} rowIn=${changedAlert}
    columns=${columns}
    line=${(row: AlertShape, number: number) => html`<${Line} key=${row.id} row=${row} number=${number} />`}
    why="No alert is kept." next="What deserves attention appears here by itself."
  />`;
}

function Line({ row, number }: { row: AlertShape; number: number }) {
  return html`<tr
    class="row ${toneOf(row, useStore().arrivedLive(row.id), false)}" aria-rowindex=${number + 1} data-alert=${row.id}
  >
    <td class="c-priority"><${Priority} of=${row.priority} /></td>
    <td class="c-what"><${AlertWords} row=${row} /></td>
    <td class="c-acts"><${RowActs} of=${row} /></td>
    <td class="c-age num quiet"><${Age} at=${row.timestamp} /></td>
  </tr>`;
}

const changedAlert = (frame: Frame) => (frame.type === "alert_changed" ? frame.alert : null);
const concernsAlerts = (frame: Frame) => frame.type === "new_alert" || frame.type === "alert_changed";
