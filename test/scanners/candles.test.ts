import { expect, test } from "bun:test";
import type { Candle, CandleTimeframe } from "../../src/core/candle";
import { QuoteCache } from "../../src/scanners/quote-cache";
import { candleScanner, type CandleScanDeps } from "../../src/scanners/candles";
import type { CandleSeries, MarketSource } from "../../src/scanners/exchange-port";

const minute = 60_000;
const scope = { quote: "USDT", minTurnover: 0, top: 10, takerFee: 0.001 };
const keyOf = ({ symbol, timeframe }: CandleSeries) => `${symbol} ${timeframe}`;

/** A shelf in memory, an exchange of one pair, and a clock of the test's own. */
function world() {
  const state = {
    at: 1_000_000 * minute,
    missing: new Set<number>(),
    down: false,
    revised: 0,
    price: (_at: number) => 1,
    asked: [] as { timeframe: CandleTimeframe; since: number; until: number }[],
  };
  const kept = new Map<string, Map<number, Candle>>();
  const arrived: number[] = [];
  const filled: number[] = [];
  const were: Candle[] = [];
  const source: MarketSource = {
    name: "here",
    clockAheadMs: 0,
    listed: null,
    tickers: async () => [],
    async candles(_, timeframe, range) {
      if (timeframe !== "1m") return [];
      state.asked.push({ timeframe, ...range });
      if (state.down) throw new Error("503");
      const first = Math.ceil(range.since / minute);
      return Array.from(
        { length: Math.max(0, Math.floor(range.until / minute) - first) },
        (_each, index) => (first + index) * minute,
      )
        .filter((at) => !state.missing.has(at))
        .map((at) => ({ at, open: 1, high: 1, low: 1, close: state.price(at), volume: 1 }));
    },
  };
  const quoteCache = new QuoteCache();
  const ticker = {
    symbol: "BTCUSDT",
    quote: "USDT",
    market: "spot",
    last: 1,
    bid: 1,
    ask: 1,
    change: 0,
    turnover: 1e9,
    fundingRate: null,
    fundingHours: null,
    openInterest: null,
    at: state.at,
  } as const;
  quoteCache.put({
    exchange: "here",
    scope,
    tickers: new Map([["BTCUSDT", ticker]]),
    view: {} as never,
    at: state.at,
    quotedAt: state.at,
  });
  const deps: CandleScanDeps = {
    quoteCache,
    cache: {
      put: (runs) => {
        for (const { series, candles, revised } of runs) {
          were.push(...(revised?.were ?? []));
          for (const candle of candles)
            kept.set(keyOf(series), (kept.get(keyOf(series)) ?? new Map<number, Candle>()).set(candle.at, candle));
        }
      },
      newest: (series) =>
        Math.max(...(kept.get(keyOf(series))?.keys() ?? []), -Infinity) === -Infinity
          ? null
          : Math.max(...kept.get(keyOf(series))!.keys()),
      last: (series, max) => [...(kept.get(keyOf(series))?.values() ?? [])].toSorted((a, b) => a.at - b.at).slice(-max),
      times: (series, since) =>
        [...(kept.get(keyOf(series))?.keys() ?? [])].filter((at) => at >= since).toSorted((a, b) => a - b),
      symbolsWithSignals: () => [],
    },
    now: () => state.at,
    elapsed: () => 0,
    arrived: (_, timeframe, candles) => {
      if (timeframe === "1m") arrived.push(...candles.map(({ at }) => at));
    },
    knows: () => true,
    filled: (_, timeframe, since) => {
      if (timeframe === "1m") filled.push(since);
    },
    missed: () => undefined,
    forgotten: () => undefined,
    revised: (_symbol, _timeframe, count) => void (state.revised += count),
  };
  const scan = () => candleScanner(source, scope, deps, () => ({ intervalMs: minute, timeoutMs: minute }));
  return {
    state,
    arrived,
    filled,
    were,
    scan,
    closeOf: (at: number) => kept.get("BTCUSDT 1m")?.get(at)?.close,
    has: (at: number) => kept.get("BTCUSDT 1m")?.has(at) ?? false,
  };
}

test("closed candles only, each once, from the newest known on", async () => {
  const { state, arrived, scan } = world();
  const scanner = scan();
  await scanner.scan(new AbortController().signal);
  expect(arrived.length).toBeGreaterThan(390);
  expect(arrived.at(-1)).toBe(state.at - 2 * minute);
  state.at += 3 * minute;
  await scanner.scan(new AbortController().signal);
  expect(new Set(arrived).size).toBe(arrived.length);
  // The three newest known and the three new ones.
  expect(state.asked.at(-1)?.since).toBe(state.at - 7 * minute);
});

test("a gap is asked for once more, filled where the exchange has it by now, and asked for again only where that failed", async () => {
  const { state, scan, has, arrived, filled } = world();
  const scanner = scan();
  const gap = state.at - 20 * minute;
  state.missing.add(gap);
  await scanner.scan(new AbortController().signal);
  expect(has(gap)).toBe(false);
  state.down = true;
  state.at += minute;
  expect(scanner.scan(new AbortController().signal)).rejects.toThrow(
    "none of 4 series that were due could be had: 503",
  );
  state.down = false;
  state.missing.clear();
  state.at += minute;
  await scanner.scan(new AbortController().signal);
  expect(has(gap)).toBe(true);
  expect(arrived).not.toContain(gap);
  expect(filled).toEqual([gap]);
  const requestedBefore = state.asked.length;
  state.at += minute;
  await scanner.scan(new AbortController().signal);
  expect(state.asked.length).toBe(requestedBefore + 1);
});

test("a gap left by an earlier run of the program is found", async () => {
  const { state, scan, has } = world();
  const gap = state.at - 20 * minute;
  state.missing.add(gap);
  await scan().scan(new AbortController().signal);
  state.missing.clear();
  state.at += minute;
  await scan().scan(new AbortController().signal);
  expect(has(gap)).toBe(true);
});

test(
  "a closed candle that is revised is corrected, counted and learned anew; what it said before is kept; " +
    "older ones are not asked again",
  async () => {
    for (const restarted of [false, true]) {
      const { state, arrived, filled, were, scan, closeOf } = world();
      let scanner = scan();
      await scanner.scan(new AbortController().signal);
      const newest = state.at - 2 * minute;
      state.price = (at) => (at <= newest ? 1.5 : 1);
      state.at += minute;
      if (restarted) scanner = scan();
      await scanner.scan(new AbortController().signal);
      expect([newest - 3 * minute, newest - 2 * minute, newest - minute, newest, newest + minute].map(closeOf)).toEqual(
        [1, 1.5, 1.5, 1.5, 1],
      );
      expect(were.map(({ at, close }) => [at, close])).toEqual([
        [newest - 2 * minute, 1],
        [newest - minute, 1],
        [newest, 1],
      ]);
      expect([state.revised, filled, arrived.filter((at) => at === newest).length]).toEqual([
        3,
        [newest - 2 * minute],
        1,
      ]);
      state.at += minute;
      await scanner.scan(new AbortController().signal);
      expect([state.revised, filled.length]).toEqual([3, 1]);
    }
  },
);
