import { html } from "htm/preact";
import { MarketPanel } from "../panels/market-panel";

/** The market in full: figures, breadth, movers, funding, each exchange, every watched symbol. */
export function Page() {
  return html`<main class="page market-page" tabindex="-1" aria-label="Market"><${MarketPanel} /></main>`;
}
