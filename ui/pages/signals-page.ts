import { html } from "htm/preact";
import { directions } from "../../src/core/signal";
import { useFilters } from "../lists/filters";
import { outcomeField, sinceField, sourceField, symbolField, type FieldsOf } from "../lists/filter-fields";
import type { ListSort } from "../lists/list-sort";
import { ListPage } from "../lists/list-page";
import { NothingYet } from "../parts/nothing-yet";
import { reportsAppear } from "../parts/words";
import { useSymbols } from "../live/symbols";
import { signalColumns, SignalLine } from "../panels/signals-table";
import type { Frame, SignalShape } from "../wire";

const fields: FieldsOf<"signals"> = [
  { name: "q", label: "search", placeholder: "words of the report" },
  symbolField,
  { name: "direction", label: "direction", options: directions },
  outcomeField,
  sourceField,
  {
    name: "min_strength",
    label: "strength",
    all: "any",
    options: ["50", "60", "65", "75", "85"].map((name) => ({ name, label: `from ${name}` })),
  },
  sinceField("received in"),
];

const sorts: readonly ListSort[] = [
  { by: "strength", desc: "strongest first", asc: "weakest first" },
  { by: "reliability", desc: "most reliable first", asc: "least reliable first" },
  { by: "price", desc: "highest price first", asc: "lowest price first" },
];

/** Every signal kept. */
export function Page() {
  const filters = useFilters(fields);
  const { value: symbols } = useSymbols("7d");
  return html`<${ListPage}
    name="signals" title="Signals" path="api/signals" filters=${filters} fields=${fields}
    keyOf=${(row: SignalShape) => row.id} timeOf=${(row: SignalShape) => row.received_at}
    changedBy=${concernsSignals} columns=${signalColumns} sorts=${sorts}
    line=${(row: SignalShape, number: number) =>
      html`<${SignalLine} key=${row.id} row=${row} symbols=${symbols} number=${number} />`}
    nothing=${NothingYet} why="No signal is kept." next=${reportsAppear}
  />`;
}

const concernsSignals = (frame: Frame) => frame.type === "new_signal" || frame.type === "signal_changed";
