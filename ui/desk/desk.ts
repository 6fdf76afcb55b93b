import { html } from "htm/preact";
import { AlertsPanel } from "../panels/alerts-panel";
import { AlphaPanel } from "../panels/alpha-panel";
import { MarketPanel } from "../panels/market-panel";
import { SignalsPanel } from "../panels/signals-panel";

/** The desk: four panels at a glance. */
export function Page() {
  return html`<main class="desk" tabindex="-1"><${SignalsPanel} /><${AlertsPanel} /><${AlphaPanel} /><${MarketPanel} /></main>`;
}
