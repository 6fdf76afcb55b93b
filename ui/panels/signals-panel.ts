import { html } from "htm/preact";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { useStore } from "../desk-context";
import { Direction } from "../parts/direction";
import { Empty } from "../parts/empty";
import { Icon } from "../parts/icon";
import { percent, price } from "../parts/numbers";
import { Panel } from "./panel";
import { ScoreBar } from "../parts/score-bar";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import type { SignalShape } from "../wire";

export function SignalsPanel() {
  const store = useStore();
  const rows = store.signals.value;
  return html`<${Panel} name="signals" title="Latest Signals" filled=${rows && rows.length > 0} newestAt=${rows?.[0]?.received_at ?? null}>
    ${rows === null || rows.length === 0
      ? html`<${Empty} known=${rows !== null} why=${`No signal came in over the last ${store.timeframe.value}.`} next="Reports written to a watched folder appear here at once." />`
      : html`<${SignalsTable} rows=${rows} />`}
  <//>`;
}

export function SignalsTable({ rows }: { rows: readonly SignalShape[] }) {
  return html`<table>
    <caption class="sr">Latest signals, newest first</caption>
    <thead><tr><th scope="col">Direction</th><th scope="col">Symbol</th><th scope="col">Strength</th><th scope="col" class="num">Reliability</th><th scope="col" class="num">Price</th><th scope="col">Decision</th><th scope="col" class="c-source">Source</th><th scope="col" class="num">Age</th></tr></thead>
    <tbody>${rows.map((row) => html`<${SignalLine} key=${row.id} row=${row} />`)}</tbody>
  </table>`;
}

function SignalLine({ row }: { row: SignalShape }) {
  const origin = row.strategy ?? row.source;
  return html`<tr class=${useStore().arrivedLive(row.id) ? "is-fresh" : ""}>
    <td class="c-direction"><${Direction} of=${row.direction} /></td>
    <th scope="row" class="c-symbol"><${SymbolLink} of=${row.symbol} /></th>
    <td class="c-score"><${ScoreBar} row=${row} /></td>
    <td class="c-reliability num"><${Value} of=${percent(row.reliability)} /></td>
    <td class="c-price num"><${Value} of=${price(row.price)} /></td>
    <td class="c-decision"><${Decision} of=${row.decision} />${row.revisions > 0 ? html` <span class="repainted" title=${`Its source told it differently ${row.revisions === 1 ? "once" : `${row.revisions} times`} since`}>repainted</span>` : null}</td>
    <td class="c-source quiet" title=${row.filename ?? row.source}>${origin}</td>
    <td class="c-age num quiet">${row.undated ? html`<span class="flag" title="The report carries no time; this is its file's"><${Icon} name="warning" /><span class="sr">undated, by its file: </span></span>` : null}<${Age} at=${row.timestamp} /></td>
  </tr>`;
}
