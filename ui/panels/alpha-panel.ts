import { html } from "htm/preact";
import { Opens } from "../details/opens";
import { Age } from "../parts/age";
import { Decision } from "../parts/decision";
import { useState } from "preact/hooks";
import { useStore } from "../store-context";
import { here } from "../here";
import { Choice } from "../lists/filters";
import { Empty } from "../parts/empty";
import { Icon } from "../parts/icon";
import { percentOfRatio } from "../parts/numbers";
import { Panel } from "./panel";
import { RatioBar } from "../parts/ratio-bar";
import { hrefOf } from "../shell/route";
import { SymbolLink } from "../parts/symbol-link";
import { Value } from "../parts/value";
import { opportunitiesAppear } from "../parts/words";
import type { OpportunityNews } from "../wire";

type Order = "newest" | "confidence" | "potential";

const orders = [
  { name: "newest", label: "newest first" },
  { name: "confidence", label: "most confident first" },
  { name: "potential", label: "largest potential first" },
] as const;

export function AlphaPanel() {
  const all = useStore().opportunities.value;
  const [order, sort] = useState<Order>("newest");
  const [risk, prefer] = useState("");
  const rows =
    all === null
      ? null
      : sorted(
          all.filter(({ risk_level: level }) => risk === "" || level === risk),
          order,
        );
  const allStale = all !== null && all.length > 0 && all.every((row) => row.stale === true);
  const filter = html`<${Choice}
    label="risk" all="all" value=${risk} options=${["Low", "Medium", "High"]} choose=${prefer}
  />`;
  return html`<${Panel}
    name="alpha" title="Alpha Opportunities" href=${hrefOf("opportunities")}
    csv=${here("api/opportunities?format=csv").href} filled=${all && all.length > 0}
    newestAt=${all?.[0]?.timestamp ?? null} stale=${allStale} filter=${filter} filtered=${risk !== ""}
    sort=${{ options: orders, by: order, choose: (name: string) => sort(name as Order) }}
  >
    ${
      rows === null || rows.length === 0
        ? html`<${Empty}
          known=${rows !== null}
          why=${risk === "" ? "No opportunity has been found or reported." : "None of the newest has that risk."}
          next=${opportunitiesAppear}
        />`
        : html`<${OpportunitiesTable} rows=${rows} />`
    }
  <//>`;
}

function sorted(rows: readonly OpportunityNews[], order: Order): readonly OpportunityNews[] {
  if (order === "newest") return rows;
  const of = (row: OpportunityNews) =>
    (order === "confidence" ? row.confidence : row.alpha_potential === null ? null : Math.abs(row.alpha_potential)) ??
    -1;
  return rows.toSorted((a, b) => of(b) - of(a));
}

export function OpportunitiesTable({ rows }: { rows: readonly OpportunityNews[] }) {
  return html`<table>
    <caption class="sr">Alpha opportunities, newest first</caption>
    <thead>
      <tr>
        <th scope="col">Symbol</th><th scope="col">Pattern</th><th scope="col">Confidence</th>
        <th scope="col" class="num">Potential</th><th scope="col" class="c-risk">Risk</th><th scope="col">Decision</th>
        <th scope="col" class="num">Age</th>
      </tr>
    </thead>
    <tbody>${rows.map((row) => html`<${OpportunityLine} key=${row.id} row=${row} />`)}</tbody>
  </table>`;
}

function OpportunityLine({ row }: { row: OpportunityNews }) {
  const store = useStore();
  const arrived = store.arrivedLive(row.id);
  const pattern = row.pattern.replaceAll("_", " ");
  return html`<tr class="row ${row.stale === true ? "is-stale" : arrived ? "is-fresh" : ""}">
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
    <td class="c-age num quiet">
      ${row.stale === true ? html`<span class="stale-word"><${Icon} name="stale" />stale</span> ` : null}
      <${Age} at=${row.timestamp} />
    </td>
  </tr>`;
}
