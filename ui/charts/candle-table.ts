import { html } from "htm/preact";
import type { Candle } from "./candles";
import { amount, price } from "../parts/numbers";
import { momentText } from "../parts/time";

const shown = 20;

/** The newest candles in figures, for those who do not see the chart or want to copy one. */
export function CandleTable({ of: candles }: { of: readonly Candle[] }) {
  return html`<details class="figures">
    <summary>The newest ${candles.length === 0 ? "" : `${Math.min(shown, candles.length)} `}candles in figures</summary>
    <div class="sideways" tabindex="0" role="group" aria-label="Newest candles">
      <table>
        <caption class="sr">Newest candles, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Opened</th><th scope="col" class="num">Open</th><th scope="col" class="num">High</th>
            <th scope="col" class="num">Low</th><th scope="col" class="num">Close</th>
            <th scope="col" class="num">Volume</th>
          </tr>
        </thead>
        <tbody>
          ${candles
            .slice(-shown)
            .toReversed()
            .map(
              ({ at, open, high, low, close, volume }) => html`<tr key=${at}>
                <th scope="row">${momentText(Date.parse(at))}</th><td class="num">${price(open)}</td>
                <td class="num">${price(high)}</td><td class="num">${price(low)}</td>
                <td class="num">${price(close)}</td><td class="num">${amount(volume)}</td>
              </tr>`,
            )}
        </tbody>
      </table>
    </div>
  </details>`;
}
