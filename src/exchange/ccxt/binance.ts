import type { Ticker } from "../../core/ticker";
import { request } from "./request";
import type { Dialect } from "./dialect";
import type { Listing } from "./markets";
import { amountOf, candleOf, isRow, listOf, numberOf, priceOf, type Row } from "./reading";

/** Binance's spot v3, and fapi for its linear perpetuals, whose tickers give no bid and ask. */
export function binance(market: "linear" | "spot"): Dialect {
  const api = market === "spot" ? "public" : "fapiPublic";
  return {
    quotesAllListed: true,
    pageSize: 1000,

    async tickers(client, listing, now) {
      const answer = await request(client, `${api}GetTicker24hr`, {});
      return listOf(answer, "tickers").map((row) => (isRow(row) ? tickerOf(row, listing, now) : null));
    },

    async candles(client, { market: { id }, timeframe, since, last, limit }) {
      const answer = await request(client, `${api}GetKlines`, {
        symbol: id,
        interval: timeframe,
        startTime: since,
        endTime: last,
        limit,
      });
      return listOf(answer, "candles").map(candleOf);
    },
  };
}

function tickerOf(row: Row, listing: Listing, now: () => number): Ticker | null {
  const listed = typeof row["symbol"] === "string" ? listing.byId.get(row["symbol"]) : undefined;
  const last = priceOf(row["lastPrice"]);
  if (listed === undefined || last === null) return null;
  return {
    symbol: listed.symbol,
    quote: listed.quote,
    market: listed.market,
    last,
    bid: priceOf(row["bidPrice"]),
    ask: priceOf(row["askPrice"]),
    change: numberOf(row["priceChangePercent"]),
    turnover: amountOf(row["quoteVolume"]),
    fundingRate: null,
    fundingHours: null,
    openInterest: null,
    at: numberOf(row["closeTime"]) ?? now(),
  };
}
