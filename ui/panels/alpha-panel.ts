import { html } from "htm/preact";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { useStore } from "../desk-context";
import { Empty } from "../parts/empty";
import { Icon } from "../parts/icon";
import { percentOfRatio } from "../parts/numbers";
import { Panel } from "./panel";
import { RatioBar } from "../parts/ratio-bar";
import { hrefOf } from "../shell/route";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import type { OpportunityNews } from "../wire";

export function AlphaPanel() {
  const rows = useStore().opportunities.value;
  const allStale = rows !== null && rows.length > 0 && rows.every((row) => row.stale === true);
  return html`<${Panel} name="alpha" title="Alpha Opportunities" href=${hrefOf("opportunities")} filled=${rows && rows.length > 0} newestAt=${rows?.[0]?.timestamp ?? null} stale=${allStale}>
    ${rows === null || rows.length === 0
      ? html`<${Empty} known=${rows !== null} why="No opportunity has been found or reported." next="They are looked for on the candles of the configured exchanges, and read from alpha reports in a watched folder." />`
      : html`<${OpportunitiesTable} rows=${rows} />`}
  <//>`;
}

export function OpportunitiesTable({ rows }: { rows: readonly OpportunityNews[] }) {
  return html`<table>
    <caption class="sr">Alpha opportunities, newest first</caption>
    <thead><tr><th scope="col">Symbol</th><th scope="col">Pattern</th><th scope="col">Confidence</th><th scope="col" class="num">Potential</th><th scope="col" class="c-risk">Risk</th><th scope="col">Decision</th><th scope="col" class="num">Age</th></tr></thead>
    <tbody>${rows.map((row) => html`<${OpportunityLine} key=${row.id} row=${row} />`)}</tbody>
  </table>`;
}

function OpportunityLine({ row }: { row: OpportunityNews }) {
  const store = useStore();
  const arrived = store.arrivedLive(row.id);
  return html`<tr class=${row.stale === true ? "is-stale" : arrived ? "is-fresh" : ""}>
    <th scope="row" class="c-symbol"><${SymbolLink} of=${row.symbol} /></th>
    <td class="c-pattern" title=${row.pattern}>${row.pattern.replaceAll("_", " ")}</td>
    <td class="c-confidence"><${RatioBar} of=${row.confidence} name="confidence" least=${store.settings.value?.alpha.confidence_threshold ?? null} /></td>
    <td class="c-potential num"><${Value} of=${percentOfRatio(row.alpha_potential)} /></td>
    <td class="c-risk"><${Value} of=${row.risk_level} /></td>
    <td class="c-decision"><${Decision} of=${row.decision} /></td>
    <td class="c-age num quiet">${row.stale === true ? html`<span class="stale-word"><${Icon} name="stale" />stale</span> ` : null}<${Age} at=${row.timestamp} /></td>
  </tr>`;
}
