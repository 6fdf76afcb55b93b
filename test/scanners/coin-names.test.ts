import { dayMs } from "../../src/core/duration";
import { expect, test } from "bun:test";
import type { Ticker } from "../../src/core/ticker";
import { QuoteCache } from "../../src/scanners/quote-cache";
import { CoinNames } from "../../src/scanners/coin-names";
import { marketScanner } from "../../src/scanners/market";
import type { CandleCache } from "../../src/scanners/exchange-port";

const scope = { quote: "USDT", minTurnover: 0, top: 10, takerFee: 0.001 };

test("two coins of one name are said once a day and pair, by whichever exchange is scanned, and never raised", async () => {
  let now = 0;
  const said: string[] = [];
  const found: string[] = [];
  const quoteCache = new QuoteCache();
  const coinNames = new CoinNames();
  const scannerOf = (name: string, price: number) => {
    const ticker: Ticker = {
      symbol: "LUNAUSDT",
      quote: "USDT",
      market: "spot",
      last: price,
      bid: price,
      ask: price,
      change: 0,
      turnover: 1e9,
      fundingRate: null,
      fundingHours: null,
      openInterest: null,
      at: now,
    };
    return marketScanner(
      { name, clockAheadMs: 0, listed: null, tickers: async () => [{ ...ticker, at: now }], candles: async () => [] },
      scope,
      {
        quoteCache,
        coinNames,
        now: () => now,
        doubted: (text) => said.push(text),
        cache: { last: () => [] } as unknown as CandleCache,
        regimeBefore: () => null,
        clockRead: () => undefined,
        submit: async ({ findings }) => found.push(...findings.map(({ name: finding }) => finding)) >= 0,
      },
      () => ({ intervalMs: 60_000, timeoutMs: 10_000 }),
    );
  };
  const scanners = [scannerOf("bybit", 0.4), scannerOf("binance", 91.2)];
  for (const at of [0, 60_000, dayMs - 1]) {
    now = at;
    for (const scanner of scanners) await scanner.scan(AbortSignal.timeout(30_000));
  }
  expect(said).toEqual([
    "LUNAUSDT on binance and on bybit is probably not the same coin: their prices are 22700 % apart; " +
      "name one of them otherwise with the exchange's assets.map, or leave it out with assets.exclude",
  ]);
  now = dayMs;
  for (const scanner of scanners) await scanner.scan(AbortSignal.timeout(30_000));
  expect(said).toHaveLength(2);
  expect(found).toEqual([]);
});
