import { html } from "htm/preact";
import { alertStates, alertTypes, priorities } from "../parts/words";
import { useStore } from "../store-context";
import { Choice, stretches, useFilters, Words } from "../lists/filters";
import { ListPage } from "../lists/list-page";
import { useSourceNames } from "../lists/sources";
import { AlertWords, toneOf } from "../panels/alert-line";
import { Age } from "../parts/age";
import type { Column } from "../parts/column-heads";
import { Priority } from "../parts/priority";
import { hrefOf } from "../shell/route";
import type { AlertShape, Frame } from "../wire";

const columns: readonly Column[] = [
  { class: "c-priority", title: "Priority" },
  { class: "c-what", title: "Alert" },
  { class: "c-age num", title: "Age" },
];

/** Every alert kept. */
export function Page() {
  const filters = useFilters(["q", "priority", "type", "state", "symbol", "source", "since"]);
  const fields = html`<${Words}
    label="search" value=${filters.get("q")} type=${(q: string) => filters.set("q", q)}
    placeholder="words of the message"
  />
    <${Words}
      label="symbol" value=${filters.get("symbol")} type=${(symbol: string) => filters.set("symbol", symbol)}
      placeholder="BTCUSDT"
    />
    <${Choice}
      label="priority" all="all" value=${filters.get("priority")} options=${priorities}
      choose=${(name: string) => filters.set("priority", name)}
    />
    <${Choice}
      label="type" all="all" value=${filters.get("type")} options=${alertTypes}
      choose=${(name: string) => filters.set("type", name)}
    />
    <${Choice}
      label="state" all="all" value=${filters.get("state")} options=${alertStates}
      choose=${(name: string) => filters.set("state", name)}
    />
    <${Choice}
      label="source" all="all" value=${filters.get("source")} options=${useSourceNames()}
      choose=${(name: string) => filters.set("source", name)}
    />
    <${Choice}
      label="raised in" all="all time" value=${filters.get("since")} options=${stretches}
      choose=${(name: string) => filters.set("since", name)}
    />
    <span class="grow"></span>
    <a class="button small" href=${hrefOf("held-back")}>what was held back</a>`;
  return html`<${ListPage}
    name="alerts" title="Alerts" path="api/alerts" filters=${filters} fields=${fields}
    keyOf=${(row: AlertShape) => row.id} timeOf=${(row: AlertShape) => row.timestamp} changedBy=${concernsAlerts}
    columns=${columns}
    line=${(row: AlertShape, number: number) => html`<${Line} key=${row.id} row=${row} number=${number} />`}
    why="No alert is kept." next="What deserves attention appears here by itself."
  />`;
}

function Line({ row, number }: { row: AlertShape; number: number }) {
  return html`<tr class="row ${toneOf(row, useStore().arrivedLive(row.id), false)}" aria-rowindex=${number + 1}>
    <td class="c-priority"><${Priority} of=${row.priority} /></td>
    <td class="c-what"><${AlertWords} row=${row} /></td>
    <td class="c-age num quiet"><${Age} at=${row.timestamp} /></td>
  </tr>`;
}

const concernsAlerts = (frame: Frame) => frame.type === "new_alert" || frame.type === "alert_changed";
