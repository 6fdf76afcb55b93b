import { html } from "htm/preact";
import { Breadth } from "./breadth";
import { useStore } from "./desk-context";
import { Empty } from "./empty";
import { Icon, type IconName } from "./icon";
import { amount, count, percent } from "./numbers";
import { Panel } from "./panel";
import type { MarketNews } from "./wire";

export function MarketPanel() {
  const market = useStore().market.value;
  const filled = market === null ? null : market.last_updated !== null;
  return html`<${Panel} name="market" title="Market Overview" filled=${filled} newestAt=${market?.last_updated ?? null} stale=${market?.stale === true}>
    ${market === null || !filled
      ? html`<${Empty} known=${market !== null} why="No source gives market figures." next="Market reports written to a watched folder appear here at once." />`
      : html`<${Facts} of=${market} /><${Breadth} of=${market} />`}
  <//>`;
}

function Facts({ of: market }: { of: MarketNews }) {
  return html`<dl class="facts">
    <div class="fact"><dt>Regime</dt>${market.regime === null ? html`<${Missing} />` : html`<${Regime} of=${market.regime} />`}<dd class="note">from ${market.source ?? "an unnamed source"}</dd></div>
    <${Fact} name="Active pairs" value=${count(market.active_pairs)} note="that trade" />
    <${Turnover} of=${market} />
    <${Fact} name="Dispersion, 24 h" value=${percent(market.volatility)} note="of changes over pairs" />
    <${Fact} name="BTC volatility" value=${percent(market.realised_volatility)} note="realised, annualised" />
    <${Fact} name="Market cap" value=${amount(market.market_cap)} note="quote currency" />
  </dl>`;
}

/** Over 24 h: per pair where the source says it, else of all pairs together. */
function Turnover({ of: market }: { of: MarketNews }) {
  const total = amount(market.total_volume);
  if (market.avg_volume === null && total !== null) return html`<${Fact} name="Turnover, 24 h" value=${total} note="all pairs" />`;
  return html`<${Fact} name="Turnover per pair" value=${amount(market.avg_volume)} note=${`24 h; all pairs ${total ?? "no data"}`} />`;
}

function Fact({ name, value, note }: { name: string; value: string | null; note: string }) {
  return html`<div class="fact"><dt>${name}</dt>${value === null ? html`<${Missing} />` : html`<dd>${value}</dd><dd class="note">${note}</dd>`}</div>`;
}

function Missing() {
  return html`<dd class="none"><${Icon} name="none" />no data</dd>`;
}

const regimes: Readonly<Record<string, { mark: IconName; manner: string }>> = {
  BULLISH: { mark: "up", manner: "long" },
  BEARISH: { mark: "down", manner: "short" },
  NEUTRAL: { mark: "flat", manner: "neutral" },
  VOLATILE: { mark: "warning", manner: "warn" },
};

function Regime({ of }: { of: string }) {
  const look = regimes[of];
  return html`<dd class=${look?.manner ?? ""}>${look === undefined ? null : html`<${Icon} name=${look.mark} />`}${of}</dd>`;
}
