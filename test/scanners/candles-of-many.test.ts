import { describe, expect, test } from "bun:test";
import { type Candle, type CandleTimeframe, candleMs } from "../../src/core/candle";
import { QuoteCache } from "../../src/scanners/quote-cache";
import { candleScanner } from "../../src/scanners/candles";
import { RunResults } from "../../src/scanners/candles/run-results";
import { rotate } from "../../src/scanners/candles/rotation";
import type { CandleSeries, MarketSource } from "../../src/scanners/exchange-port";
import type { Seen } from "../../src/scanners/scheduler";

const minute = 60_000;
const keyOf = ({ symbol, timeframe }: CandleSeries) => `${symbol} ${timeframe}`;
const error = (code: string) => Object.assign(new Error(`it says ${code}`), { code });

const resultsOf = ({ had = 0, empty = 0, none = 0, errors = [] as string[] }) => {
  const results = new RunResults();
  for (let n = 0; n < had; n++) results.note("had");
  for (let n = 0; n < empty; n++) results.note("empty");
  for (let n = 0; n < none; n++) results.note("none");
  for (const code of errors) results.failed(error(code));
  return results;
};

describe("what came is held against what was due", () => {
  test.each([
    ["all of it", { had: 40 }, 40, 10, null],
    [
      "none: failed",
      { errors: Array<string>(40).fill("bad-answer") },
      40,
      10,
      "none of 40 series that were due could be had: it says bad-answer",
    ],
    [
      "turned away at once: no other was asked",
      { errors: ["rate-limited"] },
      40,
      10,
      "none of 40 series that were due could be had: it says rate-limited",
    ],
    ["nothing but empty lists", { empty: 40 }, 40, 10, "it answered without any candle of 40 series that were due"],
    ["no candle of anything ever", { none: 40 }, 40, 10, "it answered without any candle of 40 series that were due"],
    ["empty lists beside news are gaps", { had: 30, empty: 10 }, 40, 10, null],
    ["some", { had: 30, errors: Array<string>(10).fill("bad-answer") }, 40, 10, 0.25],
    ["turned away half way", { had: 20, errors: ["unavailable"] }, 40, 10, 0.5],
    ["three timeouts in a row: no use to go on", { had: 10, errors: ["timeout", "timeout", "timeout"] }, 40, 10, 0.75],
    ["a pair that is traded no longer is no failure", { had: 39, none: 1 }, 40, 10, null],
    [
      "asked by hand within the minute, one that fails always does not speak for all",
      { errors: ["bad-answer"] },
      1,
      10,
      1,
    ],
    ["nothing was due", {}, 0, 10, null],
  ] as const)("%s", (_, what, due, symbols, lacks) => {
    const seen = () =>
      resultsOf(what as Parameters<typeof resultsOf>[0]).seen("saw", {
        due,
        symbols,
        knowsAny: !("none" in what) || what.none < due,
      }).lacks?.share ?? null;
    if (typeof lacks === "string") expect(seen).toThrow(lacks);
    else expect(seen()).toBe(lacks);
  });
});

test("the benchmark first, then the most traded, then whoever waited longest; the loud leave room where little fits", () => {
  const symbols = ["BTC", "A", "B", "C", "D"];
  const due = symbols.toReversed().map((symbol) => ({ symbol, requestedIn: { A: 9, B: 9, C: 3, D: 2 }[symbol] ?? 9 }));
  expect(rotate(due, symbols, Infinity).map(({ symbol }) => symbol)).toEqual(["BTC", "D", "C", "B", "A"]);
  expect(rotate(due, symbols, 4).map(({ symbol }) => symbol)).toEqual(["BTC", "A", "D", "C", "B"]);
});

/** An exchange of many pairs, of which a scan can ask only for so many. */
function manySymbols(count: number, requestMs: number) {
  const symbols = ["BTCUSDT", ...Array.from({ length: count - 1 }, (_, index) => `C${index}USDT`)];
  const state = {
    at: 1_000_000 * minute,
    elapsed: 0,
    asked: [] as string[],
    forgotten: [] as string[],
    answers: (_symbol: string): string | null => null,
  };
  const newest = new Map<string, number>();
  const source: MarketSource = {
    name: "here",
    clockAheadMs: 0,
    listed: null,
    tickers: async () => [],
    async candles(symbol, timeframe: CandleTimeframe, { until }) {
      state.asked.push(symbol);
      state.elapsed += requestMs;
      const code = state.answers(symbol);
      if (code !== null) throw error(code);
      return [
        {
          at: Math.floor(until / candleMs[timeframe]) * candleMs[timeframe] - candleMs[timeframe],
          open: 1,
          high: 1,
          low: 1,
          close: 1,
          volume: 1,
        } satisfies Candle,
      ];
    },
  };
  const scope = { quote: "USDT", minTurnover: 0, top: count, takerFee: 0 };
  const quoteCache = new QuoteCache();
  quoteCache.put({
    exchange: "here",
    scope,
    tickers: new Map(
      symbols.map((symbol, index) => [
        symbol,
        {
          symbol,
          quote: "USDT",
          market: "perp",
          last: 1,
          bid: 1,
          ask: 1,
          change: 0,
          turnover: 1e9 - index,
          fundingRate: null,
          fundingHours: null,
          openInterest: null,
          at: state.at,
        },
      ]),
    ),
    view: {} as never,
    at: state.at,
    quotedAt: state.at,
  });
  const scanner = () =>
    candleScanner(
      source,
      scope,
      {
        quoteCache,
        now: () => state.at,
        elapsed: () => state.elapsed,
        arrived: () => undefined,
        knows: () => true,
        filled: () => undefined,
        missed: () => undefined,
        revised: () => undefined,
        forgotten: (symbol) => void state.forgotten.push(symbol),
        cache: {
          put: (runs) => runs.forEach(({ series, candles }) => newest.set(keyOf(series), candles.at(-1)!.at)),
          newest: (series) => newest.get(keyOf(series)) ?? null,
          last: () => [],
          times: () => [],
          symbolsWithSignals: () => [],
        },
      },
      () => ({ intervalMs: minute, timeoutMs: 5 * minute }),
    );
  /** No longer among those an exchange lists. */
  const delist = (symbol: string) => {
    const snapshot = quoteCache.of("here")!;
    quoteCache.put({ ...snapshot, tickers: new Map([...snapshot.tickers].filter(([each]) => each !== symbol)) });
  };
  return { state, scanner, symbols, newest, delist };
}

const scanWith = async (scanner: ReturnType<ReturnType<typeof manySymbols>["scanner"]>) =>
  (await scanner.scan(new AbortController().signal)) as Seen;

test(
  "the first fill of six hundred takes many scans, says how far it is, goes on where an earlier run " +
    "stopped, and fails none",
  async () => {
    const { state, scanner, newest } = manySymbols(600, 50);
    const first = scanner();
    expect(await scanWith(first)).toMatchObject({
      lacks: null,
      note: expect.stringMatching(/^first fill: 9\d\d of 2400 series$/) as string,
    });
    expect(first.filling?.()).toEqual({ done: newest.size, total: 2400 });
    const asked = state.asked.length;
    const later = scanner();
    state.elapsed = 0;
    expect(await scanWith(later)).toMatchObject({
      lacks: null,
      note: expect.stringMatching(/^first fill: 19\d\d of 2400 series$/) as string,
    });
    expect(newest.size).toBe(state.asked.length);
    expect(asked).toBeLessThan(newest.size);
    expect((await scanWith(later)).note).toBeNull();
    expect(later.filling?.()).toBeNull();
  },
);

test("where not all fit: the most traded every time, the quiet by turns, and how many fit is said", async () => {
  const { state, scanner, symbols } = manySymbols(600, 100);
  const each = scanner();
  for (let scan = 0; scan < 8; scan++) await scanWith(each);
  expect(each.filling?.()).toBeNull();
  const asks = new Map<string, number>();
  let note: string | null = null;
  for (let scan = 0; scan < 4; scan++) {
    state.at += minute;
    state.asked.length = 0;
    note = (await scanWith(each)).note;
    for (const symbol of new Set(state.asked)) asks.set(symbol, (asks.get(symbol) ?? 0) + 1);
  }
  expect(note).toMatch(/^60 s fit about \d{3} of 600 symbols: the most traded come every time, the others by turns$/);
  expect(asks.get("BTCUSDT")).toBe(4);
  expect(symbols.slice(0, 100).every((symbol) => asks.get(symbol) === 4)).toBe(true);
  expect(symbols.every((symbol) => (asks.get(symbol) ?? 0) >= 1)).toBe(true);
});

test("turned away, the scan ends: those under way are the last", async () => {
  const { state, scanner } = manySymbols(100, 1);
  state.answers = () => "rate-limited";
  expect(scanWith(scanner())).rejects.toThrow("none of 400 series that were due could be had: it says rate-limited");
  expect(state.asked.length).toBeLessThanOrEqual(5);
  const half = manySymbols(100, 1);
  half.state.answers = () => (half.state.asked.length > 200 ? "unavailable" : null);
  const seen = await scanWith(half.scanner());
  expect(seen.lacks).toMatchObject({ share: 0.5 });
  expect(half.state.asked.length).toBeLessThanOrEqual(205);
});

test("a symbol that is watched no longer is forgotten", async () => {
  const { state, scanner, delist } = manySymbols(4, 1);
  const each = scanner();
  await scanWith(each);
  delist("C1USDT");
  state.at += minute;
  state.asked.length = 0;
  await scanWith(each);
  expect(state.forgotten).toEqual(["C1USDT"]);
  expect(state.asked).not.toContain("C1USDT");
});
