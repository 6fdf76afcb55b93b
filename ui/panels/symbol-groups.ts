import { html } from "htm/preact";
import { Opens } from "../details/opens";
import type { SymbolEntry, Symbols } from "../live/symbols";
import { Age } from "../parts/age";
import { ComponentStrip } from "../parts/component-strip";
import { Decision } from "../parts/decision";
import { Direction } from "../parts/direction";
import { count, points } from "../parts/numbers";
import { ScoreBar } from "../parts/score-bar";
import { Sparkline } from "../parts/sparkline";
import { SymbolLink } from "../parts/symbol-link";

/** Signals by symbol: the newest signal of each, and how many there were. */
export function SymbolGroups({ symbols }: { symbols: Symbols }) {
  return html`<table>
    <caption class="sr">Symbols, the newest signal first</caption>
    <thead>
      <tr>
        <th scope="col" class="c-direction">Now</th><th scope="col" class="c-symbol">Symbol</th>
        <th scope="col" class="c-score">Score, strength</th><th scope="col" class="c-spark">Last 12</th>
        <th scope="col" class="c-strip">Components</th><th scope="col" class="c-reliability num">Signals</th>
        <th scope="col" class="c-decision">Decision</th><th scope="col" class="c-source">Source</th>
        <th scope="col" class="c-age num">Age</th>
      </tr>
    </thead>
    <tbody>
      ${symbols.items.map((entry) => html`<${SymbolLine} key=${entry.symbol} entry=${entry} symbols=${symbols} />`)}
    </tbody>
  </table>`;
}

function SymbolLine({ entry, symbols }: { entry: SymbolEntry; symbols: Symbols }) {
  const last = entry.history.at(-1);
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
