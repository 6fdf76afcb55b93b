import { html } from "htm/preact";

/** What the licence of the chart library requires: its notice, and a link to its maker. */
export function ChartNotice() {
  return html`<p class="aside quiet notice-of-chart">
    <span>
      <a href="https://www.tradingview.com/" rel="noreferrer">TradingView Lightweight Charts™</a>, Copyright (c) 2026
      TradingView, Inc., <a href="https://www.apache.org/licenses/LICENSE-2.0" rel="noreferrer">Apache License 2.0</a>
    </span>
  </p>`;
}
