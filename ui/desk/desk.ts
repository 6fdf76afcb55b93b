import { html } from "htm/preact";
import { AlertsPanel } from "../panels/alerts-panel";
import { AlphaPanel } from "../panels/alpha-panel";
import { MarketPanel } from "../panels/market-panel";
import { SignalsPanel } from "../panels/signals-panel";
import { layout, resetLayout, type PanelName } from "./layout";
import { Place } from "./place";

const contents: Readonly<Record<PanelName, () => unknown>> = {
  signals: SignalsPanel,
  alerts: AlertsPanel,
  alpha: AlphaPanel,
  market: MarketPanel,
};

/**
 * The desk: four panels at a glance, where their reader wants them. They are read from top to bottom, and so they
 * stand.
 */
export function Page() {
  const places = layout.value.filter(({ hidden }) => !hidden).toSorted((a, b) => a.y - b.y || a.x - b.x);
  return html`<main class="desk" tabindex="-1" aria-label="Desk">
    ${
      places.length === 0
        ? html`<div class="empty">
          <p class="none">Every panel is put away.</p>
          <button type="button" class="button" onClick=${resetLayout}>Bring them back</button>
        </div>`
        : null
    }
    ${places.map((at) => html`<${Place} key=${at.panel} at=${at}><${contents[at.panel]} /><//>`)}
  </main>`;
}
