import { html } from "htm/preact";
import { useMemo } from "preact/hooks";
import { alertStates, alertTypes, priorities } from "../../src/core/alert";
import { useStore } from "../store-context";
import { useFilters } from "../lists/filters";
import { sinceField, sourceField, symbolField, type FieldsOf } from "../lists/filter-fields";
import type { ListSort } from "../lists/list-sort";
import { ListPage } from "../lists/list-page";
import { RowActs } from "../acts/row-acts";
import { Silences, useSilences } from "../acts/silences";
import { isUnread, unreadOf } from "../live/unread";
import { AlertWords, toneOf } from "../panels/alert-line";
import { VisitLine } from "../panels/visit-line";
import { Age } from "../parts/age";
import type { Column } from "../parts/column-heads";
import { Priority } from "../parts/priority";
import { hrefOf } from "../shell/route";
import type { AlertShape, Frame } from "../wire";

const columns: readonly Column[] = [
  { class: "c-priority", title: "Priority", sort: { by: "priority", first: "desc" }, term: "priority" },
  { class: "c-what", title: "Alert" },
  { class: "c-acts", title: "Acts", unseen: true },
  { class: "c-age num", title: "Age", sort: { by: "age", first: "asc" } },
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

const sorts: readonly ListSort[] = [{ by: "priority", desc: "most urgent first", asc: "least urgent first" }];

/** Every alert kept. */
export function Page() {
  const filters = useFilters(fields);
  const silences = useSilences();
  const active = silences.value?.items ?? [];
  const store = useStore();
  const fresh = useMemo(() => unreadOf(store), [store]).value ?? 0;
  return html`<${ListPage}
    name="alerts" title="Alerts" path="api/alerts" filters=${filters} fields=${fields}
    aside=${html`<a class="button small" href=${hrefOf("held-back")}>What was held back</a>`}
    bar=${
      active.length === 0 && fresh === 0
        ? undefined
        : html`<${VisitLine} fresh=${fresh} />
          ${active.length === 0 ? null : html`<${Silences} of=${active} changed=${silences.refetch} />`}`
    }
    keyOf=${(row: AlertShape) => row.id} timeOf=${(row: AlertShape) => row.timestamp} changedBy=${concernsAlerts} rowIn=${changedAlert}
    columns=${columns} sorts=${sorts}
    line=${(row: AlertShape, number: number) => html`<${Line} key=${row.id} row=${row} number=${number} />`}
    why="No alert was raised yet."
    next="One is raised when a signal passes every check, and when something about the machinery is wrong."
  />`;
}

function Line({ row, number }: { row: AlertShape; number: number }) {
  const unread = isUnread(row);
  return html`<tr
    class="row ${toneOf(row, useStore().arrivedLive(row.id), unread)}" aria-rowindex=${number + 1} data-alert=${row.id}
  >
    <td class="c-priority"><${Priority} of=${row.priority} /></td>
    <td class="c-what"><${AlertWords} row=${row} /></td>
    <td class="c-acts"><${RowActs} of=${row} /></td>
    <td class="c-age num quiet">${unread ? html`<span class="sr">new, </span>` : null}<${Age} at=${row.timestamp} /></td>
  </tr>`;
}

const changedAlert = (frame: Frame) => (frame.type === "alert_changed" ? frame.alert : null);
const concernsAlerts = (frame: Frame) => frame.type === "new_alert" || frame.type === "alert_changed";
