import { html } from "htm/preact";
import type { MarketDetail } from "../../src/views/market";
import { signedPercent } from "../parts/numbers";
import { SymbolLink } from "../parts/symbol-link";

type Mover = MarketDetail["gainers"][number];

const shown = 5;

export function Movers({ gainers, losers }: { gainers: readonly Mover[]; losers: readonly Mover[] }) {
  if (gainers.length === 0 && losers.length === 0) return null;
  return html`<div class="movers">
    <${List} title="Gainers, 24 h" of=${gainers} /><${List} title="Losers, 24 h" of=${losers} />
  </div>`;
}

function List({ title, of: movers }: { title: string; of: readonly Mover[] }) {
  return html`<section aria-label=${title}>
    <h3 class="label">${title}</h3>
    ${
      movers.length === 0
        ? html`<p class="quiet">none</p>`
        : html`<ul>
          ${movers.slice(0, shown).map(
            ({ symbol, change }) =>
              html`<li key=${symbol}>
                  <${SymbolLink} of=${symbol} />
                  <span class=${change < 0 ? "short" : "long"}>${signedPercent(change)}</span>
                </li>`,
          )}
        </ul>`
    }
  </section>`;
}
