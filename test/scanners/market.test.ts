import { expect, test } from "bun:test";
import type { Ticker } from "../../src/core/ticker";
import { QuoteCache } from "../../src/scanners/quote-cache";
import type { CandleCache, MarketSource } from "../../src/scanners/exchange-port";
import { CoinNames } from "../../src/scanners/coin-names";
import { marketScanner } from "../../src/scanners/market";

const now = Date.parse("2026-03-10T12:00:00Z");
const minute = 60_000;
const scope = { quote: "USDT", minTurnover: 1000, top: 10, takerFee: 0.001 };
const cache: CandleCache = {
  put: () => undefined,
  newest: () => null,
  last: () => [],
  times: () => [],
  symbolsWithSignals: () => [],
};
const ticker = (symbol: string, ageMs: number, more: Partial<Ticker> = {}): Ticker => ({
  symbol,
  quote: "USDT",
  market: "perp",
  last: 1,
  bid: 1,
  ask: 1,
  change: 0,
  turnover: 1e6,
  fundingRate: null,
  fundingHours: null,
  openInterest: null,
  at: now - ageMs,
  ...more,
});

async function scanned(tickers: readonly Ticker[], listed: number | null = null) {
  const quoteCache = new QuoteCache();
  const readings: (number | null)[] = [];
  const source: MarketSource = {
    name: "here",
    clockAheadMs: 300_000,
    listed,
    tickers: async () => tickers,
    candles: async () => [],
  };
  const scanner = marketScanner(
    source,
    scope,
    {
      quoteCache,
      cache,
      now: () => now,
      clockRead: (_, aheadMs) => readings.push(aheadMs),
      submit: async () => true,
      coinNames: new CoinNames(),
      doubted: () => undefined,
      regimeBefore: () => null,
    },
    () => ({ intervalMs: minute, timeoutMs: minute }),
  );
  const seen = await scanner.scan(new AbortController().signal);
  if (typeof seen === "string") throw new Error(seen);
  return { seen, readings, snapshot: quoteCache.of("here")! };
}

test.each([
  ["all at one time", [ticker("A", 0), ticker("B", 0)], 0],
  ["one that stands still does not make the market old", [ticker("A", 0), ticker("B", 0), ticker("C", 60 * minute)], 0],
  ["one that moves does not make it new", [ticker("A", 0), ticker("B", 20 * minute), ticker("C", 20 * minute)], 20],
  [
    "pairs that do not count say nothing",
    [ticker("A", 20 * minute), ticker("B", 0, { turnover: 1 }), ticker("C", 0, { quote: "EUR" })],
    20,
  ],
  ["none that counts: when it answered", [ticker("A", 20 * minute, { turnover: null })], 0],
] as const)("how old the market is: %s", async (_, tickers, minutes) => {
  const { snapshot } = await scanned(tickers);
  expect((now - snapshot.quotedAt) / minute).toBe(minutes);
  expect(snapshot.view.observedAt).toBe(snapshot.quotedAt);
  expect(snapshot.at).toBe(now);
});

test("dated futures are neither among the pairs that are watched nor count for the age of the market", async () => {
  const { snapshot } = await scanned([
    ticker("A", 0),
    ticker("B-270326", 20 * minute, { market: "future", turnover: 1e9 }),
    ticker("C-270326", 20 * minute, { market: "future", turnover: 1e9 }),
  ]);
  expect(snapshot.quotedAt).toBe(now);
  const quoteCache = new QuoteCache();
  quoteCache.put(snapshot);
  expect(quoteCache.top("here").map(({ symbol }) => symbol)).toEqual(["A"]);
});

test.each([
  [null, null],
  [40, null],
  [42, null],
  [80, 0.5],
] as const)("40 pairs are quoted of %p listed: lacks %p", async (listed, share) => {
  const { seen } = await scanned(
    Array.from({ length: 40 }, (_, index) => ticker(`C${index}`, 0)),
    listed,
  );
  expect(seen.lacks?.share ?? null).toBe(share);
  if (share !== null) expect(seen.lacks?.why).toBe("40 of 80 listed pairs are quoted");
});

test("how far the clocks are apart is said", async () => {
  expect((await scanned([ticker("A", 0)])).readings).toEqual([300_000]);
});
