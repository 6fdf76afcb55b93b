import type { Ticker } from "../../core/ticker";
import type { Ticker as CcxtTicker } from "ccxt";
import type { Dialect } from "./dialect";
import type { Listing } from "./markets";
import { amountOf, candleOf, numberOf, priceOf } from "./reading";

/** Any other exchange, as ccxt reads it. */
export const unified: Dialect = {
  // Some list markets that they quote elsewhere.
  quotesAllListed: false,
  // Few exchanges give less in one answer.
  pageSize: 200,

  async tickers(client, listing, now) {
    return Object.values(await client.fetchTickers()).map((ticker) => tickerOf(ticker, listing, now));
  },

  async candles(client, { market, timeframe, since, last, limit }) {
    return (await client.fetchOHLCV(market.unified, timeframe, since, limit, { until: last })).map(candleOf);
  },
};

function tickerOf(ticker: CcxtTicker, listing: Listing, now: () => number): Ticker | null {
  const listed = ticker.symbol === undefined ? undefined : listing.byUnified.get(ticker.symbol);
  const last = priceOf(ticker.last);
  if (listed === undefined || last === null) return null;
  return {
    symbol: listed.symbol,
    quote: listed.quote,
    market: listed.market,
    last,
    bid: priceOf(ticker.bid),
    ask: priceOf(ticker.ask),
    change: numberOf(ticker.percentage),
    turnover: amountOf(ticker.quoteVolume),
    fundingRate: null,
    fundingHours: null,
    openInterest: null,
    at: numberOf(ticker.timestamp) ?? now(),
  };
}
