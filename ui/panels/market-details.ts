import { html } from "htm/preact";
import type { MarketDetail } from "../../src/views/market";
import { useResource } from "../live/resource";
import { Exchanges } from "./exchanges";
import { Funding } from "./funding";
import { Heatmap } from "./heatmap";
import { Movers } from "./movers";

/**
 * What is behind the market's figures: who moved, what holding costs, each exchange by itself, every watched symbol.
 */
export function MarketDetails() {
  const { value: market, trouble } = useResource<MarketDetail>("api/market", {
    changedBy: (frame) => frame.type === "market_update",
  });
  if (market === null) return trouble === null ? null : html`<p class="aside quiet">${trouble}</p>`;
  const watching = market.exchanges.filter(({ name }) => market.symbols.some(({ exchange }) => exchange === name));
  return html`<${Movers} gainers=${market.gainers} losers=${market.losers} />
    <${Funding} of=${market.funding} />
    <${Exchanges} of=${market.exchanges} />
    ${watching.map(
      ({ name }) =>
        html`<${Heatmap}
          key=${name} exchange=${name} symbols=${market.symbols.filter(({ exchange }) => exchange === name)}
        />`,
    )}`;
}
