import { html } from "htm/preact";
import type { MarketDetail } from "../../src/views/market";
import { Opens } from "../details/opens";
import { Age } from "../parts/age";
import { Icon } from "../parts/icon";
import { amount, count, percent } from "../parts/numbers";
import { Regime } from "../parts/regime";
import { Value } from "../parts/value";

type Exchange = MarketDetail["exchanges"][number];

/** Each exchange by itself, with its own age. */
export function Exchanges({ of: exchanges }: { of: readonly Exchange[] }) {
  if (exchanges.length === 0) return null;
  return html`<ul class="exchanges" aria-label="Exchanges">${exchanges.map(
    (exchange) => html`<li key=${exchange.name} class="row">
      <b><${Opens} kind="exchange" id=${exchange.name} label=${`exchange ${exchange.name}: details`}>${exchange.name}<//></b>
      ${exchange.regime === null ? html`<${Value} of=${null} />` : html`<${Regime} of=${exchange.regime} />`}
      <span><span class="label">pairs</span> <${Value} of=${count(exchange.active_pairs)} /></span>
      <span><span class="label">turnover</span> <${Value} of=${amount(exchange.total_volume)} /></span>
      <span><span class="label">dispersion</span> <${Value} of=${percent(exchange.volatility)} /></span>
      <span class="quiet">
        ${exchange.stale ? html`<span class="stale-word"><${Icon} name="stale" />stale</span> ` : null}
        <${Age} at=${exchange.last_updated} />
      </span>
    </li>`,
  )}</ul>`;
}
