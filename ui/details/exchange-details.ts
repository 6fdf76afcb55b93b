import { html } from "htm/preact";
import type { MarketDetail } from "../../src/views/market";
import { useResource } from "../live/resource";
import { Heatmap } from "../panels/heatmap";
import { Age } from "../parts/age";
import { amount, count, percent } from "../parts/numbers";
import { Regime } from "../parts/regime";
import { momentText } from "../parts/time";
import { Value } from "../parts/value";
import { Opens } from "./opens";
import { Part } from "./part";
import { Loading, SheetFrame, type SheetProps } from "./sheet";

type Exchange = MarketDetail["exchanges"][number];

/** One exchange: the market as it quotes it, and its watched symbols. Its id is its name. */
export function Sheet({ id: name, close }: SheetProps) {
  const { value: market, trouble } = useResource<MarketDetail>("api/market", {
    changedBy: (frame) => frame.type === "market_update",
  });
  const exchange = market?.exchanges.find((each) => each.name === name) ?? null;
  const symbols = market?.symbols.filter((each) => each.exchange === name) ?? [];
  return html`<${SheetFrame}
    opened=${{ kind: "exchange", id: name }} label=${`Exchange ${name}`} close=${close}
    head=${html`<h2>${name}</h2>
      ${
        exchange === null
          ? null
          : html`
            <span class="quiet">${exchange.stale ? "stale, " : ""}<${Age} at=${exchange.last_updated} /></span>`
      }`}
  >
    ${
      exchange === null
        ? html`<${Loading} id=${name} what="exchange" trouble=${market === null ? trouble : "No exchange of this name has answered."} />`
        : html`<${Whole} of=${exchange} />
          ${symbols.length === 0 ? null : html`<${Heatmap} exchange=${name} symbols=${symbols} />`}`
    }
  <//>`;
}

function Whole({ of: exchange }: { of: Exchange }) {
  return html`<${Part} title="The market as it quotes it">
    <dl class="words">
      <div><dt>Regime</dt><dd>
        ${exchange.regime === null ? html`<${Value} of=${null} />` : html`<${Regime} of=${exchange.regime} />`}</dd></div>
      <div><dt>Pairs</dt><dd><${Value} of=${count(exchange.active_pairs)} /></dd></div>
      <div><dt>Turnover, 24 h</dt><dd><${Value} of=${amount(exchange.total_volume)} /></dd></div>
      <div><dt>Turnover a pair</dt><dd><${Value} of=${amount(exchange.avg_volume)} /></dd></div>
      <div><dt>Dispersion</dt><dd><${Value} of=${percent(exchange.volatility)} /></dd></div>
      <div><dt>Last quotes</dt><dd>${momentText(Date.parse(exchange.last_updated))}</dd></div>
      <div><dt>Health</dt><dd>
        <${Opens} kind="check" id=${`exchange:${exchange.name}`} label=${`the check of ${exchange.name}`}>its check<//>
      </dd></div>
    </dl>
  <//>`;
}
