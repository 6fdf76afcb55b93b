import { html } from "htm/preact";
import { isStaleOpportunity } from "../../src/core/freshness";
import { Opens } from "../details/opens";
import { useSorted } from "../lists/sort";
import { useLines } from "../lists/use-lines";
import { useSteady } from "../lists/use-steady";
import { Age } from "../parts/age";
import { ColumnHeads, type Column } from "../parts/column-heads";
import { Decision } from "../parts/decision";
import { Icon } from "../parts/icon";
import { percentOfRatio } from "../parts/numbers";
import { RatioBar } from "../parts/ratio-bar";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import { useStore } from "../store-context";
import type { OpportunityShape } from "../wire";

export const opportunityColumns: readonly Column[] = [
  { class: "c-symbol", title: "Symbol", sort: { by: "symbol", first: "asc" } },
  { class: "c-pattern", title: "Pattern", sort: { by: "pattern", first: "asc" } },
  { class: "c-confidence", title: "Confidence", term: "confidence", sort: { by: "confidence", first: "desc" } },
  { class: "c-potential num", title: "Potential", term: "potential", sort: { by: "potential", first: "desc" } },
  { class: "c-risk", title: "Risk", term: "risk-level", sort: { by: "risk", first: "asc" } },
  { class: "c-decision", title: "Decision", term: "decision", sort: { by: "decision", first: "asc" } },
  { class: "c-source", title: "Source", sort: { by: "source", first: "asc" } },
  { class: "c-age num", title: "Age", sort: { by: "age", first: "asc" } },
];

const values = {
  symbol: (row: OpportunityShape) => row.symbol,
  pattern: (row: OpportunityShape) => row.pattern,
  confidence: (row: OpportunityShape) => row.confidence,
  potential: (row: OpportunityShape) => row.alpha_potential,
  risk: (row: OpportunityShape) => (row.risk_level === null ? null : ["Low", "Medium", "High"].indexOf(row.risk_level)),
  decision: (row: OpportunityShape) => row.decision,
  source: (row: OpportunityShape) => row.source,
};

export function OpportunitiesTable({ rows, list: of = "" }: { rows: readonly OpportunityShape[]; list?: string }) {
  const { sorted, sorting, list } = useSorted(rows, values);
  const steady = useSteady(sorted, ({ id }) => id, `${of} ${list}`);
  const lines = useLines(steady, (row) => html`<${OpportunityLine} key=${row.id} row=${row} />`);
  return html`<table>
    <caption class="sr">Alpha opportunities</caption>
    <thead><tr><${ColumnHeads} of=${opportunityColumns} sorting=${sorting} /></tr></thead>
    <tbody>${lines}</tbody>
  </table>`;
}

/** `number`: its place in a list of which only a part is drawn. */
export function OpportunityLine({ row, number }: { row: OpportunityShape; number?: number }) {
  const store = useStore();
  const arrived = store.arrivedLive(row.id);
  const pattern = row.pattern.replaceAll("_", " ");
  const stale = isStaleOpportunity(Date.parse(row.timestamp), store.clock.now.value);
  return html`<tr
    class="row ${stale ? "is-stale" : arrived ? "is-fresh" : ""}"
    aria-rowindex=${number === undefined ? undefined : number + 1}
  >
    <th scope="row" class="c-symbol"><${SymbolLink} of=${row.symbol} /></th>
    <td class="c-pattern" title=${row.pattern}>
      <${Opens} kind="opportunity" id=${row.id} label=${`${row.symbol} ${pattern}: details`}>${pattern}<//>
    </td>
    <td class="c-confidence">
      <${RatioBar}
        of=${row.confidence} name="confidence" min=${store.settings.value?.alpha.confidence_threshold ?? null}
      />
    </td>
    <td class="c-potential num"><${Value} of=${percentOfRatio(row.alpha_potential)} /></td>
    <td class="c-risk"><${Value} of=${row.risk_level} /></td>
    <td class="c-decision"><${Decision} of=${row.decision} /></td>
    <td class="c-source quiet">${row.source}</td>
    <td class="c-age num quiet">
      ${stale ? html`<span class="stale-word"><${Icon} name="stale" />stale</span> ` : null}
      <${Age} at=${row.timestamp} />
    </td>
  </tr>`;
}
