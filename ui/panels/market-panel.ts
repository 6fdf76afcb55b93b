import { html } from "htm/preact";
import { useContext } from "preact/hooks";
import { Breadth } from "./breadth";
import { findExpected, useFreshness } from "../live/freshness";
import { useStore } from "../store-context";
import { Empty } from "../parts/empty";
import { Fact, Missing } from "../parts/fact";
import { MarketDetails } from "./market-details";
import { amount, count, percent } from "../parts/numbers";
import { Panel } from "./panel";
import { PanelPlace } from "./panel-place";
import { Regime } from "../parts/regime";
import { Term } from "../parts/term";
import { hrefOf } from "../shell/route";
import type { MarketNews } from "../wire";

export function MarketPanel() {
  const market = useStore().market.value;
  const source = market?.source ?? null;
  const expected = findExpected(useFreshness(), [
    ["exchange", source],
    ["source", source],
  ]);
  const filled = market === null ? null : market.last_updated !== null;
  // On its own page it leads nowhere further.
  const onDesk = useContext(PanelPlace) !== null;
  return html`<${Panel}
    name="market" title="Market Overview" href=${onDesk ? hrefOf("market") : undefined} filled=${filled}
    newestAt=${market?.last_updated ?? null} said="updated" expected=${expected}
  >
    ${
      market === null || !filled
        ? html`<${Empty}
          known=${market !== null} coming=${{ shape: "tiles" }} why="No exchange and no report gave market figures yet."
          next="They come from exchanges named in virtuoso.config.ts (Health says how each fares), and from market reports."
        />`
        : html`<${Facts} of=${market} /><${Breadth} of=${market} /><${MarketDetails} />`
    }
  <//>`;
}

function Facts({ of: market }: { of: MarketNews }) {
  return html`<dl class="facts">
    <div class="fact">
      <dt><${Term} of="regime">Regime<//></dt>
      ${market.regime === null ? html`<${Missing} />` : html`<dd><${Regime} of=${market.regime} /></dd>`}
      <dd class="note">from ${market.source ?? "an unnamed source"}</dd>
    </div>
    <${Fact} name="Active pairs" term="pairs" value=${count(market.active_pairs)} note="that trade" />
    <${Turnover} of=${market} />
    <${Fact} name="Dispersion, 24 h" term="dispersion" value=${percent(market.volatility)} note="of changes over pairs" />
    <${Fact} name="BTC volatility" term="volatility" value=${percent(market.realised_volatility)} note="realised, annualised" />
    <${Fact}
      name="Market cap" term="market-cap" value=${amount(market.market_cap)}
      note=${market.figures?.find(({ name }) => name === "market_cap")?.source ?? "no source is configured"}
    />
    ${(market.figures ?? [])
      .filter(({ name }) => name !== "market_cap")
      .map(
        ({ name, value, source, stale }) =>
          html`<${Fact}
            key=${name} name=${figureWords[name].what} term=${figureWords[name].term} value=${`${count(value)}${figureWords[name].unit}`}
            note=${stale ? `${source}, stale` : source}
          />`,
      )}
  </dl>`;
}

const figureWords = {
  market_cap: { what: "Market cap", unit: "", term: "market-cap" },
  btc_dominance: { what: "BTC dominance", unit: " %", term: "dominance" },
  fear_and_greed: { what: "Fear and greed", unit: " of 100", term: "fear-and-greed" },
} as const;

/** Over 24 h: per pair where the source says it, else of all pairs together. */
function Turnover({ of: market }: { of: MarketNews }) {
  const total = amount(market.total_volume);
  if (market.avg_volume === null && total !== null)
    return html`<${Fact} name="Turnover, 24 h" term="turnover" value=${total} note="all pairs" />`;
  return html`<${Fact}
    name="Turnover per pair" term="turnover" value=${amount(market.avg_volume)} note=${`24 h; all pairs ${total ?? "no data"}`}
  />`;
}
