import { html } from "htm/preact";
import { useStore } from "../store-context";
import { Opens } from "../details/opens";
import { useSorted } from "../lists/sort";
import { useLines } from "../lists/use-lines";
import { useSteady } from "../lists/use-steady";
import type { Symbols } from "../live/symbols";
import { Age } from "../parts/age";
import { ColumnHeads, type Column } from "../parts/column-heads";
import { ComponentStrip } from "../parts/component-strip";
import { Decision } from "../parts/decision";
import { Direction } from "../parts/direction";
import { Icon } from "../parts/icon";
import { percent, points, price } from "../parts/numbers";
import { ScoreBar } from "../parts/score-bar";
import { Sparkline } from "../parts/sparkline";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import type { SignalShape } from "../wire";

export const signalColumns: readonly Column[] = [
  { class: "c-direction", title: "Direction", sort: { by: "direction", first: "asc" } },
  { class: "c-symbol", title: "Symbol", sort: { by: "symbol", first: "asc" } },
  { class: "c-score", title: "Strength", term: "strength", sort: { by: "strength", first: "desc" } },
  { class: "c-spark", title: "Last 12" },
  { class: "c-strip", title: "Components", term: "component" },
  { class: "c-reliability num", title: "Reliab.", term: "reliability", sort: { by: "reliability", first: "desc" } },
  { class: "c-price num", title: "Price", sort: { by: "price", first: "desc" } },
  { class: "c-decision", title: "Decision", term: "decision", sort: { by: "decision", first: "asc" } },
  { class: "c-source", title: "Source", sort: { by: "source", first: "asc" } },
  { class: "c-age num", title: "Age", sort: { by: "age", first: "asc" } },
];

const values = {
  direction: (row: SignalShape) => row.direction,
  symbol: (row: SignalShape) => row.symbol,
  strength: (row: SignalShape) => row.strength,
  reliability: (row: SignalShape) => row.reliability,
  price: (row: SignalShape) => row.price,
  decision: (row: SignalShape) => row.decision,
  source: (row: SignalShape) => row.strategy ?? row.source,
};

/** `list`: which list they are, where that can change. */
export function SignalsTable({
  rows,
  symbols = null,
  list: of = "",
}: {
  rows: readonly SignalShape[];
  symbols?: Symbols | null;
  list?: string;
}) {
  const { sorted, sorting, list } = useSorted(rows, values);
  const steady = useSteady(sorted, ({ id }) => id, `${of} ${list}`);
  const lines = useLines(steady, (row) => html`<${SignalLine} key=${row.id} row=${row} symbols=${symbols} />`, [
    symbols,
  ]);
  return html`<table>
    <caption class="sr">Latest signals</caption>
    <thead><tr><${ColumnHeads} of=${signalColumns} sorting=${sorting} /></tr></thead>
    <tbody>${lines}</tbody>
  </table>`;
}

/** `number`: its place in a list of which only a part is drawn. */
export function SignalLine({ row, symbols, number }: { row: SignalShape; symbols: Symbols | null; number?: number }) {
  const origin = row.strategy ?? row.source;
  const live = symbols?.newest(row.id);
  const known = symbols?.of(row.symbol);
  return html`<tr
    class="row ${useStore().arrivedLive(row.id) ? "is-fresh" : ""}"
    aria-rowindex=${number === undefined ? undefined : number + 1}
  >
    <td class="c-direction">
      <${Opens}
        kind="signal" id=${row.id}
        label=${`${row.direction} ${row.symbol}, strength ${points(row.strength) ?? "no data"}: details`}
      ><${Direction} of=${row.direction} /><//>
    </td>
    <th scope="row" class="c-symbol"><${SymbolLink} of=${row.symbol} /></th>
    <td class="c-score"><${ScoreBar} row=${row} /></td>
    <td class="c-spark">
      ${
        known === undefined
          ? null
          : html`<${Sparkline} name=${row.symbol} of=${known.history.map(({ score }) => score)} />`
      }
    </td>
    <td class="c-strip">
      ${
        live === undefined || symbols === null || live.parts.length === 0
          ? null
          : html`<${ComponentStrip} names=${symbols.components} parts=${live.parts} direction=${row.direction} />`
      }
    </td>
    <td class="c-reliability num"><${Value} of=${percent(row.reliability)} /></td>
    <td class="c-price num"><${Value} of=${price(row.price)} /></td>
    <td class="c-decision">
      <${Decision} of=${row.decision} />
      ${
        row.revisions > 0
          ? html` <span
            class="repainted"
            title=${`Its source changed it ${row.revisions === 1 ? "once" : `${row.revisions} times`} since`}
          >repainted</span>`
          : null
      }
    </td>
    <td class="c-source quiet" title=${row.filename ?? row.source}>${origin}</td>
    <td class="c-age num quiet">
      ${
        row.undated
          ? html`<span class="flag" title="The report carries no time; this is its file's">
            <${Icon} name="warning" /><span class="sr">undated, by its file: </span>
          </span>`
          : null
      }
      <${Age} at=${row.timestamp} />
    </td>
  </tr>`;
}
