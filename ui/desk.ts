import { html } from "htm/preact";
import { AlertsPanel } from "./alerts-panel";
import { AlphaPanel } from "./alpha-panel";
import { MarketPanel } from "./market-panel";
import { SignalsPanel } from "./signals-panel";

export function Desk() {
  return html`<main class="desk" tabindex="-1"><${SignalsPanel} /><${AlertsPanel} /><${AlphaPanel} /><${MarketPanel} /></main>`;
}
