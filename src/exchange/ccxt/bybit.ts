import type { CandleTimeframe } from "../../core/candle";
import type { Ticker } from "../../core/ticker";
import { request } from "./request";
import type { Dialect } from "./dialect";
import type { Listing } from "./markets";
import { amountOf, candleOf, isRow, listOf, numberOf, priceOf, type Row } from "./reading";

const intervals: Readonly<Record<CandleTimeframe, string>> = { "1m": "1", "5m": "5", "30m": "30", "4h": "240" };

/** Bybit's v5: numbers as text, an empty text for what there is none of, one time for the whole answer. */
export function bybit(category: "linear" | "spot"): Dialect {
  return {
    quotesAllListed: true,
    pageSize: 1000,

    async tickers(client, listing, now) {
      const answer = await request(client, "publicGetV5MarketTickers", { category });
      const at = (isRow(answer) ? numberOf(answer["time"]) : null) ?? now();
      return rowsOf(answer, "tickers").map((row) => (isRow(row) ? tickerOf(row, listing, at) : null));
    },

    async candles(client, { market, timeframe, since, last, limit }) {
      const answer = await request(client, "publicGetV5MarketKline", {
        category,
        symbol: market.id,
        interval: intervals[timeframe],
        start: since,
        end: last,
        limit,
      });
      return rowsOf(answer, "candles").map(candleOf);
    },
  };
}

function rowsOf(answer: unknown, what: string): readonly unknown[] {
  const result = isRow(answer) ? answer["result"] : null;
  return listOf(isRow(result) ? result["list"] : null, what);
}

function tickerOf(row: Row, listing: Listing, at: number): Ticker | null {
  const listed = typeof row["symbol"] === "string" ? listing.byId.get(row["symbol"]) : undefined;
  const last = priceOf(row["lastPrice"]);
  if (listed === undefined || last === null) return null;
  const change = numberOf(row["price24hPcnt"]);
  return {
    symbol: listed.symbol,
    quote: listed.quote,
    market: listed.market,
    last,
    bid: priceOf(row["bid1Price"]),
    ask: priceOf(row["ask1Price"]),
    change: change === null ? null : change * 100,
    turnover: amountOf(row["turnover24h"]),
    fundingRate: numberOf(row["fundingRate"]),
    fundingHours: priceOf(row["fundingIntervalHour"]) ?? listed.fundingHours,
    openInterest: amountOf(row["openInterestValue"]),
    at,
  };
}
