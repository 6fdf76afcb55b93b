import { dayMs } from "../../src/core/duration";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "bun:test";
import { AlphaModel } from "../../src/core/alpha/model";
import type { NotedBeta } from "../../src/core/alpha/beta-history";
import { Episodes } from "../../src/core/alpha/episodes";
import { candleMs, candlesKept, type Candle, type CandleTimeframe } from "../../src/core/candle";
import { IndicatorCache } from "../../src/scanners/alpha/indicator-cache";
import { SeriesLearner } from "../../src/scanners/alpha/series-learner";
import { alphaScanner } from "../../src/scanners/alpha";
import { QuoteCache } from "../../src/scanners/quote-cache";
import { candleScanner } from "../../src/scanners/candles";
import type { MarketSource } from "../../src/scanners/exchange-port";
import { BetaStore } from "../../src/store/betas";
import { CandleStore } from "../../src/store/candles";
import { openForWriting, type WritableDatabase } from "../../src/store/db";
import { seededRandom } from "../support/random";

/**
 * The same market gives the same beta_expansion to a desk that ran on for 36 days and to one that was restarted, and
 * was away, in between.
 */

const startAt = Date.UTC(2026, 0, 1);
const days = 36;
const endAt = startAt + days * dayMs;
const scope = { quote: "USDT", minTurnover: 0, top: 10, takerFee: 0 };
const timeframes: readonly CandleTimeframe[] = ["5m", "4h"];
const learnedAt = startAt + 15 * dayMs;

/** Beta is 0.5 until ten days before the end, then 1.5, and 3 in the last hours: a median of 30 days is another than one of 10. */
const market = new Map<string, Candle[]>();
for (const timeframe of timeframes) {
  const random = seededRandom(timeframe.length + 5);
  const noise = () => 0.002 * (random.next() + random.next() + random.next() - 1.5);
  const [benchmark, own]: [Candle[], Candle[]] = [[], []];
  for (let at = startAt; at < endAt; at += candleMs[timeframe]) {
    const left = endAt - at;
    const beta = left <= 50 * candleMs["5m"] ? 3 : left <= 10 * dayMs ? 1.5 : 0.5;
    const move = noise();
    benchmark.push(following(benchmark.at(-1)?.close ?? 100, at, move));
    own.push(following(own.at(-1)?.close ?? 10, at, beta * move + 0.05 * noise()));
  }
  market.set(`BTCUSDT ${timeframe}`, benchmark).set(`ALTUSDT ${timeframe}`, own);
}

function following(open: number, at: number, change: number): Candle {
  const close = open * Math.exp(change);
  return { at, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1 };
}

const times = () => ({ intervalMs: 60_000, timeoutMs: 60_000 });
const facts = () => ({ turnover: 1e8, indicators: null });

/** What an exchange does to a symbol until a time: it answers with nothing but an error, or leaves out one candle. */
type Trouble = Readonly<Record<string, { readonly until: number; readonly leftOut?: number }>>;

function candlesAt(
  symbol: string,
  timeframe: CandleTimeframe,
  since: number,
  until: number,
  now: number,
  trouble: Trouble,
): Candle[] {
  const here = trouble[symbol];
  const troubled = here !== undefined && now < here.until ? here : null;
  if (troubled !== null && troubled.leftOut === undefined) throw new Error("503");
  return (market.get(`${symbol} ${timeframe}`) ?? []).filter(
    ({ at }) => at >= since && at + candleMs[timeframe] <= until && at !== troubled?.leftOut,
  );
}

/** Sums that are kept up drift in the sixteenth. */
function inNineDigits(value: unknown): unknown {
  return JSON.parse(
    JSON.stringify(value, (_, each: unknown) => (typeof each === "number" ? Number(each.toPrecision(9)) : each)),
  );
}

const of = (symbol: string, timeframe: CandleTimeframe) => ({ exchange: "one", symbol, timeframe });

/** What a daemon does with an exchange's candles, under a clock of the test's own. */
class Scanner {
  readonly model = new AlphaModel({ benchmark: "BTCUSDT", scanIntervalMs: 300_000 });
  readonly #quoteCache = new QuoteCache();
  readonly #cache: CandleStore;
  readonly #betas: BetaStore;
  readonly #scanners;
  #now = startAt;

  constructor(
    database: WritableDatabase,
    private readonly trouble: Trouble = {},
  ) {
    const now = () => this.#now;
    this.#cache = new CandleStore(database);
    this.#betas = new BetaStore(database);
    const source: MarketSource = {
      name: "one",
      clockAheadMs: 0,
      listed: null,
      tickers: async () => [],
      candles: async (symbol, timeframe, { since, until }) =>
        candlesAt(symbol, timeframe, since, until, this.#now, this.trouble),
    };
    const ticker = (symbol: string) =>
      [
        symbol,
        {
          symbol,
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
          at: startAt,
        },
      ] as const;
    this.#quoteCache.put({
      exchange: "one",
      scope,
      tickers: new Map([ticker("BTCUSDT"), ticker("ALTUSDT")]),
      view: {} as never,
      at: startAt,
      quotedAt: startAt,
    });
    const [model, quoteCache, cache, betas] = [this.model, this.#quoteCache, this.#cache, this.#betas];
    const learner = new SeriesLearner({ model, indicators: new IndicatorCache(), cache, betas });
    this.#scanners = [
      candleScanner(
        source,
        scope,
        {
          quoteCache,
          cache,
          now,
          elapsed: () => 0,
          missed: () => {},
          forgotten: () => {},
          revised: () => {},
          knows: (symbol, timeframe) => learner.knows(symbol, timeframe),
          arrived: (symbol, timeframe, candles) => learner.take(of(symbol, timeframe), candles),
          filled: (symbol, timeframe, since) => learner.relearn(of(symbol, timeframe), since),
        },
        times,
      ),
      alphaScanner(
        "one",
        {
          model,
          quoteCache,
          now,
          clockAheadMs: () => 0,
          indicatorsOf: () => null,
          scanIntervalMs: () => 300_000,
          watched: () => ["BTCUSDT", "ALTUSDT"],
          forgotten: () => {},
          episodes: new Episodes(),
          keepEpisodes: () => {},
          keepBetas: (noted) => betas.put("one", "BTCUSDT", noted),
          submit: async () => true,
        },
        times,
      ),
    ];
  }

  /** As if it had run until then, looking every so often. */
  async run(until: number, everyMs = 6 * 3_600_000): Promise<void> {
    for (
      let at = Math.min(this.#now === startAt ? until : this.#now + everyMs, until);
      ;
      at = Math.min(at + everyMs, until)
    ) {
      this.#now = at + 5000;
      for (const scanner of this.#scanners) await scanner.scan(new AbortController().signal);
      for (let series = 0; series < 5; series++)
        this.#cache.pruneNextSeries((timeframe) => at - candlesKept * candleMs[timeframe], 10_000);
      if (at === until) return;
    }
  }

  found(): unknown {
    return inNineDigits(this.model.judge(endAt + 5000, facts, { watched: ["BTCUSDT", "ALTUSDT"] }));
  }

  /** What is measured over the newest 50 returns and the 200 before. */
  windows(): unknown {
    return inNineDigits(
      timeframes.map((timeframe) => {
        const { recent, before } = this.model.statistics("ALTUSDT", timeframe) ?? {};
        return { recent, before };
      }),
    );
  }

  statistics() {
    return timeframes.map((timeframe) => this.model.statistics("ALTUSDT", timeframe)?.medianBeta?.toPrecision(9));
  }
}

const database: WritableDatabase[] = [];
let ranOn: Scanner;
const folder = mkdtempSync(join(tmpdir(), "virtuoso-uptime-"));
const store = () => {
  const each = openForWriting(join(folder, String(database.length)), { durable: false });
  database.push(each);
  return each;
};

beforeAll(async () => {
  ranOn = new Scanner(store());
  await ranOn.run(learnedAt);
  await ranOn.run(endAt);
});
afterAll(() => {
  for (const each of database) each[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

test("one that ran on sees beta stand off its median over 30 days", () => {
  expect(ranOn.found()).toContainEqual(expect.objectContaining({ pattern: "beta_expansion", timeframe: "5m" }));
  expect(Number(ranOn.statistics()[0])).toBeLessThan(0.7);
});

/** When one stops and when another starts over what it kept. */
const stories: Readonly<Record<string, readonly [stopped: number, started: number][]>> = {
  "restarted an hour ago": [[endAt - 3_600_000, endAt - 3_600_000]],
  "away for three days, a week ago": [[endAt - 10 * dayMs, endAt - 7 * dayMs]],
  "away until now": [[endAt - 5 * dayMs, endAt]],
  "restarted at odd times": [9.3, 7.7, 3.01, 1.5, 0.1].map((back) => [
    endAt - back * dayMs,
    endAt - back * dayMs + 600_000,
  ]),
};

for (const [name, story] of Object.entries(stories)) {
  test(`${name}: the same findings with the same numbers`, async () => {
    const kept = store();
    let writer = new Scanner(kept);
    await writer.run(learnedAt);
    for (const [stopped, started] of story) {
      await writer.run(stopped);
      writer = new Scanner(kept);
      await writer.run(started);
    }
    await writer.run(endAt);
    expect(writer.statistics()).toEqual(ranOn.statistics());
    expect(writer.found()).toEqual(ranOn.found());
  });
}

test("a series is known at once after a restart, without waiting for its next candle", async () => {
  const kept = store();
  await new Scanner(kept).run(learnedAt);
  const restarted = new Scanner(kept);
  await restarted.run(learnedAt + 60_000);
  expect(timeframes.map((timeframe) => restarted.model.newestAt("ALTUSDT", timeframe))).toEqual(
    timeframes.map((timeframe) => learnedAt - candleMs[timeframe]),
  );
});

/** Of which series betas are dropped where a candle came late, and from when on. */
const late: Readonly<Record<string, (each: NotedBeta) => boolean>> = {
  ALTUSDT: ({ symbol, timeframe, at }) => symbol === "ALTUSDT" && timeframe === "5m" && at >= lateAt,
  BTCUSDT: ({ timeframe, at }) => timeframe === "5m" && at >= lateAt,
};
const lateAt = startAt + 16 * 3_600_000;

for (const [symbol, isDropped] of Object.entries(late)) {
  test(`a candle of ${symbol} came late: betas measured without it are neither kept nor waiting to be, and no others are dropped`, () => {
    const model = new AlphaModel({ benchmark: "BTCUSDT", scanIntervalMs: 300_000 });
    for (const timeframe of timeframes)
      for (const [as, from] of [
        ["BTCUSDT", "BTCUSDT"],
        ["ALTUSDT", "ALTUSDT"],
        ["NEXTUSDT", "ALTUSDT"],
      ] as const)
        model.take(as, timeframe, market.get(`${from} ${timeframe}`)?.slice(0, 300) ?? []);
    const all = model.noted(Infinity);
    expect(all.some((each) => isDropped(each) && each.at === lateAt)).toBe(true);
    model.forgetNoted(symbol, "5m", lateAt);
    expect(model.noted(Infinity)).toEqual(all.filter((each) => !isDropped(each)));

    const betas = new BetaStore(store());
    for (const [exchange, benchmark] of [
      ["one", "BTCUSDT"],
      ["two", "BTCUSDT"],
      ["one", "BTCUSDC"],
    ] as const)
      betas.put(exchange, benchmark, all);
    betas.forgetSince("one", "BTCUSDT", symbol, "5m", lateAt);
    const kept = (exchange: string, benchmark: string) =>
      ["ALTUSDT", "NEXTUSDT"].flatMap((as) =>
        timeframes.flatMap((timeframe) =>
          betas.of(exchange, benchmark, as, timeframe).map((each) => ({ symbol: as, timeframe, ...each })),
        ),
      );
    expect(new Set(kept("one", "BTCUSDT"))).toEqual(new Set(all.filter((each) => !isDropped(each))));
    for (const [exchange, benchmark] of [
      ["two", "BTCUSDT"],
      ["one", "BTCUSDC"],
    ] as const)
      expect(kept(exchange, benchmark)).toHaveLength(all.length);
  });
}

const troubles: Readonly<Record<string, Trouble>> = {
  "the benchmark could not be had at first": { BTCUSDT: { until: learnedAt + 3_600_000 } },
  "a candle came late": { ALTUSDT: { until: endAt - 3_600_000, leftOut: endAt - 9 * 3_600_000 } },
  "a candle of the benchmark came late": { BTCUSDT: { until: endAt - 3_600_000, leftOut: endAt - 9 * 3_600_000 } },
};

for (const [name, trouble] of Object.entries(troubles)) {
  test(`${name}: what is measured now is the same in the end`, async () => {
    const writer = new Scanner(store(), trouble);
    await writer.run(learnedAt);
    await writer.run(endAt);
    // A minute later the others have been learned anew, where the benchmark was.
    await writer.run(endAt + 60_000);
    expect(writer.windows()).toEqual(ranOn.windows());
    expect(writer.statistics()).toEqual(ranOn.statistics());
    expect(writer.found()).toEqual(ranOn.found());
  });
}
