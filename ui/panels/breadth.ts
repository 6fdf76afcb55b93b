import { html } from "htm/preact";
import { count, signedPercent } from "../parts/numbers";
import type { MarketNews } from "../wire";

const width = 480;
const gap = 3;

/** How many pairs rose and fell over 24 h, drawn in proportion; nothing where the source does not say. */
export function Breadth({ of: market }: { of: MarketNews }) {
  const { advancers: up, decliners: down, average_change: mean, robust_change: robust, outliers } = market;
  if (up === null || down === null || up + down === 0) return null;
  const flat = Math.max(0, (market.active_pairs ?? 0) - up - down);
  const step = (width - (flat > 0 ? 2 : 1) * gap) / (up + down + flat);
  const upTo = up * step;
  return html`<div class="breadth">
    <p>
      <span class="long">${count(up)} up</span>
      ${mean === null ? null : html`<span class="quiet">mean change ${signedPercent(mean)}</span>`}
      <span class="short">${count(down)} down</span>
    </p>
    ${
      outliers.length === 0
        ? null
        : html`<p class="quiet">
          ${robust === null ? "" : `${signedPercent(robust)} without `}
          ${outliers.map(({ symbol, change }) => `${symbol} ${signedPercent(change)}`).join(", ")}
        </p>`
    }
    <svg
      viewBox="0 0 ${width} 8" preserveAspectRatio="none" role="img"
      aria-label=${`${up} pairs up, ${flat} flat, ${down} down over 24 h`}
    >
      <rect class="up" width=${upTo} height="8" />
      ${flat > 0 ? html`<rect class="flat" x=${upTo + gap} width=${flat * step} height="8" />` : null}
      <rect class="down" x=${width - down * step} width=${down * step} height="8" />
    </svg>
  </div>`;
}
