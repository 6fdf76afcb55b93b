import { html } from "htm/preact";
import { Opens } from "../details/opens";
import { useSorted } from "../lists/sort";
import { useSteady } from "../lists/use-steady";
import type { SymbolEntry, Symbols } from "../live/symbols";
import { Age } from "../parts/age";
import { ColumnHeads, type Column } from "../parts/column-heads";
import { ComponentStrip } from "../parts/component-strip";
import { Decision } from "../parts/decision";
import { Direction } from "../parts/direction";
import { count, points } from "../parts/numbers";
import { ScoreBar } from "../parts/score-bar";
import { Sparkline } from "../parts/sparkline";
import { SymbolLink } from "../parts/symbol-link";

const columns: readonly Column[] = [
  { class: "c-direction", title: "Now", sort: { by: "direction", first: "asc" } },
  { class: "c-symbol", title: "Symbol", sort: { by: "symbol", first: "asc" } },
  { class: "c-score", title: "Strength", term: "strength", sort: { by: "strength", first: "desc" } },
  { class: "c-spark", title: "Last 12" },
  { class: "c-strip", title: "Components", term: "component" },
  { class: "c-reliability num", title: "Signals", sort: { by: "signals", first: "desc" } },
  { class: "c-decision", title: "Decision", term: "decision", sort: { by: "decision", first: "asc" } },
  { class: "c-source", title: "Source", sort: { by: "source", first: "asc" } },
  { class: "c-age num", title: "Age", sort: { by: "age", first: "asc" } },
];

const newest = ({ history }: SymbolEntry) => history.at(-1);
const values = {
  direction: (entry: SymbolEntry) => newest(entry)?.direction ?? null,
  symbol: (entry: SymbolEntry) => entry.symbol,
  strength: (entry: SymbolEntry) => newest(entry)?.strength ?? null,
  signals: (entry: SymbolEntry) => entry.signals,
  decision: (entry: SymbolEntry) => newest(entry)?.decision ?? null,
  source: (entry: SymbolEntry) => newest(entry)?.source ?? null,
};

/** Signals by symbol: the newest signal of each, and how many there were. A new one is a row that waits. */
export function SymbolGroups({ symbols, list: of = "" }: { symbols: Symbols; list?: string }) {
  const { sorted, sorting, list } = useSorted(symbols.items, values);
  const steady = useSteady(sorted, (entry) => `${entry.symbol} ${newest(entry)?.id ?? ""}`, `${of} ${list}`);
  return html`<table>
    <caption class="sr">Symbols</caption>
    <thead><tr><${ColumnHeads} of=${columns} sorting=${sorting} /></tr></thead>
    <tbody>
      ${steady.map((entry) => html`<${SymbolLine} key=${entry.symbol} entry=${entry} symbols=${symbols} />`)}
    </tbody>
  </table>`;
}

function SymbolLine({ entry, symbols }: { entry: SymbolEntry; symbols: Symbols }) {
  const last = newest(entry);
  if (last === undefined) return null;
  return html`<tr class="row">
    <td class="c-direction">
      <${Opens}
        kind="signal" id=${last.id}
        label=${`${last.direction} ${entry.symbol}, strength ${points(last.strength) ?? "no data"}: details`}
      ><${Direction} of=${last.direction} /><//>
    </td>
    <th scope="row" class="c-symbol"><${SymbolLink} of=${entry.symbol} /></th>
    <td class="c-score"><${ScoreBar} row=${last} /></td>
    <td class="c-spark"><${Sparkline} name=${entry.symbol} of=${entry.history.map(({ score }) => score)} /></td>
    <td class="c-strip">
      ${
        last.parts.length === 0
          ? null
          : html`<${ComponentStrip} names=${symbols.components} parts=${last.parts} direction=${last.direction} />`
      }
    </td>
    <td class="c-times num">
      ${count(entry.signals)}
      <span class="phone-words"> ${entry.signals === 1 ? "signal" : "signals"}</span>
    </td>
    <td class="c-decision"><${Decision} of=${last.decision} /></td>
    <td class="c-source quiet">${last.source}</td>
    <td class="c-age num quiet"><${Age} at=${last.timestamp} /></td>
  </tr>`;
}
