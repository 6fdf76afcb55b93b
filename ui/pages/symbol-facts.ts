import { html } from "htm/preact";
import type { SymbolDetail } from "../../src/views/symbols";
import { useStore } from "../store-context";
import { Empty } from "../parts/empty";
import { Fact } from "../parts/fact";
import { amount, count, coefficient, price, ratePercent, signedPercent } from "../parts/numbers";
import { Panel } from "../panels/panel";
import { Term } from "../parts/term";
import { clockText } from "../parts/time";
import { Value } from "../parts/value";

/** What an exchange last quoted, and how the symbol moves with the benchmark. */
export function SymbolFacts({ of: detail, trouble }: { of: SymbolDetail | null; trouble: string | null }) {
  const known = detail !== null && (detail.quoted_at !== null || detail.statistics.length > 0);
  // Once the exchange is silent no new answer says so: the age grows here.
  const now = useStore().clock.now.value;
  const stale =
    detail !== null &&
    detail.quoted_at !== null &&
    now - Date.parse(detail.quoted_at) > detail.stale_after_seconds * 1000;
  return html`<${Panel}
    name="facts-of-symbol" title="Quote" filled=${detail === null ? null : known} newestAt=${detail?.quoted_at ?? null}
    said="quoted" stale=${stale} trouble=${trouble}
  >
    ${
      detail === null || !known
        ? html`<${Empty}
          known=${detail !== null} coming=${{ shape: "tiles" }} trouble=${trouble} why="No exchange quotes this symbol."
          next="Quotes come from the exchanges named in virtuoso.config.ts."
        />`
        : html`<${Quote} of=${detail} /><${Statistics} of=${detail.statistics} symbol=${detail.symbol} />`
    }
  <//>`;
}

function Quote({ of: detail }: { of: SymbolDetail }) {
  const from = detail.exchange ?? "no exchange";
  return html`<dl class="facts">
    <${Fact} name="Last" value=${price(detail.last)} note=${`on ${from}`} />
    <${Fact} name="Change, 24 h" value=${signedPercent(detail.change)} note="of the last price" />
    <${Fact} name="Turnover, 24 h" term="turnover" value=${amount(detail.turnover)} note="quote currency" />
    <${Fact}
      name="Funding" term="funding" value=${ratePercent(detail.funding_rate_8h ?? detail.funding_rate)} note=${fundingNote(detail)}
    />
    <${Fact} name="Open interest" term="open-interest" value=${amount(detail.open_interest)} note="as it is quoted" />
    <${Fact}
      name="Quoted" value=${detail.quoted_at === null ? null : clockText(Date.parse(detail.quoted_at))}
      note=${`by ${from}`}
    />
  </dl>`;
}

/** Rates are paid every 1, 4 or 8 h, and compared per 8 h. */
function fundingNote({
  funding_rate: paid,
  funding_rate_8h: compared,
  funding_interval_hours: hours,
}: SymbolDetail): string {
  if (compared === null || hours === null) return "per interval, whose length is not known";
  return hours === 8 ? "per 8 h" : `per 8 h; ${ratePercent(paid)} is paid every ${hours} h`;
}

function Statistics({ of: statistics, symbol }: { of: SymbolDetail["statistics"]; symbol: string }) {
  if (statistics.length === 0)
    return html`<p class="aside">
      <span class="label">Beta and correlation</span>
      <span class="quiet">
        ${
          isBenchmark(symbol)
            ? "of the others are measured against this symbol"
            : "no data: not enough candles beside the benchmark's"
        }
      </span>
    </p>`;
  return html`<div class="sideways" tabindex="0" role="group" aria-label="Statistics of the symbol">
    <table>
      <caption class="label">Against BTC, by length of a candle</caption>
      <thead>
        <tr>
          <th scope="col">Candles</th>
          <th scope="col" class="num"><${Term} of="beta">Beta<//></th><th scope="col" class="num">Usual beta</th>
          <th scope="col" class="num"><${Term} of="correlation">Correlation<//></th>
          <th scope="col" class="num"><${Term} of="n">n<//></th>
        </tr>
      </thead>
      <tbody>
        ${statistics.map(
          (row) =>
            html`<tr key=${row.timeframe}>
              <th scope="row">${row.timeframe}</th>
              <td class="num">${coefficient(row.beta)}</td>
              <td class="num"><${Value} of=${coefficient(row.median_beta)} /></td>
              <td class="num">${coefficient(row.correlation)}</td>
              <td class="num">${count(row.n)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

/** The benchmark of every exchange is its BTC pair. */
function isBenchmark(symbol: string): boolean {
  return symbol.startsWith("BTCUSD");
}
