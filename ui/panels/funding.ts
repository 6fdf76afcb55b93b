import { html } from "htm/preact";
import type { MarketDetail } from "../../src/views/market";
import { count, ratePercent } from "../parts/numbers";
import { SymbolLink } from "../parts/symbol-link";
import { Term } from "../parts/term";

/** What holding perpetuals costs per 8 h. */
export function Funding({ of: funding }: { of: MarketDetail["funding"] }) {
  if (funding === null)
    return html`<p class="aside"><span class="label">Funding</span><span class="quiet">no data</span></p>`;
  return html`<p class="aside">
    <span class="label"><${Term} of="funding">Funding<//></span>
    <span>mean <b>${ratePercent(funding.mean)}</b></span>
    <span>highest <${SymbolLink} of=${funding.highest.symbol} /> ${ratePercent(funding.highest.rate)}</span>
    <span>lowest <${SymbolLink} of=${funding.lowest.symbol} /> ${ratePercent(funding.lowest.rate)}</span>
    <span class="quiet">${count(funding.pairs)} pairs, per 8 h, weighted by turnover</span>
  </p>`;
}
