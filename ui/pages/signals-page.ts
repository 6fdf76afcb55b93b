import { html } from "htm/preact";
import { Choice, stretches, useFilters, Words } from "../lists/filters";
import { ListPage } from "../lists/list-page";
import { useSourceNames } from "../lists/sources";
import { outcomes, reportsAppear } from "../parts/words";
import { useSymbols } from "../live/symbols";
import { signalColumns, SignalLine } from "../panels/signals-table";
import type { Frame, SignalShape } from "../wire";

const orders = [
  { name: "observed", label: "observed" },
  { name: "strength", label: "strength" },
  { name: "score", label: "score" },
  { name: "reliability", label: "reliability" },
  { name: "price", label: "price" },
] as const;

/** Every signal kept. */
export function Page() {
  const filters = useFilters(["q", "symbol", "direction", "outcome", "source", "min_strength", "since", "by", "order"]);
  const { value: symbols } = useSymbols("7d");
  const by = filters.get("by");
  const fields = html`<${Words}
    label="search" value=${filters.get("q")} type=${(q: string) => filters.set("q", q)}
    placeholder="words of the report"
  />
    <${Words}
      label="symbol" value=${filters.get("symbol")} type=${(symbol: string) => filters.set("symbol", symbol)}
      placeholder="BTCUSDT"
    />
    <${Choice}
      label="direction" all="all" value=${filters.get("direction")} options=${["long", "short", "neutral", "exit"]}
      choose=${(name: string) => filters.set("direction", name)}
    />
    <${Choice}
      label="outcome" all="all" value=${filters.get("outcome")} options=${outcomes}
      choose=${(name: string) => filters.set("outcome", name)}
    />
    <${Choice}
      label="source" all="all" value=${filters.get("source")} options=${useSourceNames()}
      choose=${(name: string) => filters.set("source", name)}
    />
    <${Choice}
      label="strength" all="any" value=${filters.get("min_strength")}
      options=${["50", "60", "65", "75", "85"].map((name) => ({ name, label: `from ${name}` }))}
      choose=${(name: string) => filters.set("min_strength", name)}
    />
    <${Choice}
      label="received in" all="all time" value=${filters.get("since")} options=${stretches}
      choose=${(name: string) => filters.set("since", name)}
    />
    <${Choice}
      label="order by" all="received" value=${by} options=${orders} choose=${(name: string) => filters.set("by", name)}
    />
    <${Choice}
      label="and" all="descending" value=${filters.get("order")} options=${[{ name: "asc", label: "ascending" }]}
      choose=${(name: string) => filters.set("order", name)}
    />`;
  const inOrderOfTime = by === "" && filters.get("order") === "";
  return html`<${ListPage}
    name="signals" title="Signals" path="api/signals" filters=${filters} fields=${fields}
    keyOf=${(row: SignalShape) => row.id} timeOf=${(row: SignalShape) => row.received_at}
    changedBy=${inOrderOfTime ? concernsSignals : null} columns=${signalColumns}
    line=${(row: SignalShape, number: number) =>
      html`<${SignalLine} key=${row.id} row=${row} symbols=${symbols} number=${number} />`}
    why="No signal is kept." next=${reportsAppear}
  />`;
}

const concernsSignals = (frame: Frame) => frame.type === "new_signal" || frame.type === "signal_changed";
