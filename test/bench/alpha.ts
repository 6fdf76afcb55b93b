import { ATR, RSI } from "trading-signals";
import { AlphaModel } from "../../src/core/alpha/model";
import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../../src/core/candle";
import { IndicatorCache } from "../../src/scanners/alpha/indicator-cache";
import { seededRandom, type Random } from "../support/random";
import type { Benchmark } from "./benchmark";
import { medianRatio, percentile, spreadOf } from "./statistics";

const targetMs = 60;
const symbols = 100;
/** Joined returns that are looked at: 50 and the 200 before. */
const window = 251;
const benchmarkSymbol = "BTCUSDT";
const stepMs = candleMs["4h"];

/** One series of candles that goes on for ever. */
class Tape {
  #price = 100;
  constructor(
    private readonly random: Random,
    private readonly beta: number,
  ) {}

  next(at: number, market: number): Candle {
    const open = this.#price;
    this.#price = open * Math.exp(this.beta * market + 0.002 * (this.random.next() + this.random.next() - 1));
    const [high, low] = [Math.max(open, this.#price) * 1.0005, Math.min(open, this.#price) * 0.9995];
    return { at, open, high, low, close: this.#price, volume: 100 * (0.5 + this.random.next()) };
  }
}

export const benchmark: Benchmark = {
  name: "alpha",
  question: `how long an alpha scan of ${symbols} symbols on 4 timeframes takes when every series has a new candle`,
  async run({ smoke, say }) {
    const random = seededRandom(7);
    const names = [benchmarkSymbol, ...Array.from({ length: symbols }, (_, index) => `S${index}USDT`)];
    const tapes = new Map(
      names.flatMap((name) =>
        candleTimeframes.map(
          (timeframe) =>
            [`${name} ${timeframe}`, new Tape(random, name === benchmarkSymbol ? 1 : 0.5 + random.next())] as const,
        ),
      ),
    );
    const known = new Map<string, Candle[]>();
    const model = new AlphaModel({ benchmark: benchmarkSymbol, scanIntervalMs: 300_000 });
    const cache = new IndicatorCache();
    const alone = new Map(
      names.flatMap((name) =>
        candleTimeframes.map((timeframe) => [`${name} ${timeframe}`, { atr: new ATR(14), rsi: new RSI(14) }] as const),
      ),
    );
    let now = Date.UTC(2026, 0, 1);

    /** The candles of one timeframe that close between two times: of every symbol, the benchmark's first. */
    const draw = (timeframe: CandleTimeframe, since: number, until: number): [string, Candle][] => {
      const drawn: [string, Candle][] = [];
      for (let at = since; at + candleMs[timeframe] <= until; at += candleMs[timeframe]) {
        const market = 0.003 * (random.next() + random.next() - 1);
        for (const name of names) drawn.push([name, tapes.get(`${name} ${timeframe}`)!.next(at, market)]);
      }
      return drawn;
    };
    const learn = (timeframe: CandleTimeframe, candles: readonly [string, Candle][]) => {
      for (const [name, candle] of candles) {
        model.take(name, timeframe, [candle]);
        cache.take(name, timeframe, [candle]);
      }
    };
    const remember = (timeframe: CandleTimeframe, candles: readonly [string, Candle][]) => {
      for (const [name, candle] of candles) {
        const key = `${name} ${timeframe}`;
        const candlesOf = known.get(key) ?? [];
        candlesOf.push(candle);
        known.set(key, candlesOf);
      }
      for (const candlesOf of known.values()) candlesOf.splice(0, Math.max(0, candlesOf.length - window));
    };
    const factsOf = (symbol: string, timeframe: CandleTimeframe) => ({
      turnover: 1e8,
      indicators: cache.of(symbol, timeframe),
    });

    const back = 300 * stepMs;
    for (const timeframe of candleTimeframes) {
      const since = Math.max(now - back, now - 300 * candleMs[timeframe]);
      const first = draw(timeframe, since, now);
      learn(timeframe, first);
      remember(timeframe, first);
      for (const [name, candle] of first) {
        const { atr, rsi } = alone.get(`${name} ${timeframe}`)!;
        atr.add(candle);
        rsi.add(candle.close);
      }
    }
    model.judge(now, factsOf);

    const rounds: { subject: number; baseline: number; indicators: number }[] = [];
    let found = 0;
    for (let round = 0; round < (smoke ? 2 : 60); round++) {
      // Four hours go by, of which only the last candle of each series is the scan's to take.
      const until = now + stepMs;
      const last = new Map<CandleTimeframe, [string, Candle][]>();
      for (const timeframe of candleTimeframes) {
        const before = draw(timeframe, now, until - candleMs[timeframe]);
        learn(timeframe, before);
        remember(timeframe, before);
        last.set(timeframe, draw(timeframe, until - candleMs[timeframe], until));
      }
      now = until;
      const subject = tookMs(() => {
        for (const [timeframe, candles] of last) learn(timeframe, candles);
        found += model.judge(now, factsOf).length;
      });
      for (const [timeframe, candles] of last) remember(timeframe, candles);
      const baseline = tookMs(() => straightforward(known, names));
      const indicators = tookMs(() => {
        for (const [timeframe, candles] of last) {
          for (const [name, candle] of candles) {
            const { atr, rsi } = alone.get(`${name} ${timeframe}`)!;
            atr.add(candle);
            rsi.add(candle.close);
          }
        }
      });
      if (round >= (smoke ? 0 : 10)) rounds.push({ subject, baseline, indicators });
    }
    const spent = rounds.map(({ subject }) => subject);
    say(
      `${names.length * candleTimeframes.length} series, ${found} findings stood over all rounds; ` +
        `checksum of the straightforward ${checksum.toFixed(3)}`,
    );
    return [
      {
        what: "alpha scan, every series with a new candle",
        subject: spreadOf(spent),
        baseline: `arrays, part of the maths: ${spreadOf(rounds.map(({ baseline }) => baseline))}`,
        ratio: medianRatio(rounds),
        target: `p50 at most ${targetMs} ms`,
        met: percentile(spent, 0.5) <= targetMs,
      },
      {
        what: "the same against indicators alone",
        subject: spreadOf(spent),
        baseline: `trading-signals' ATR and RSI, a candle each: ${spreadOf(rounds.map(({ indicators }) => indicators))}`,
        ratio: medianRatio(rounds.map(({ subject, indicators }) => ({ subject, baseline: indicators }))),
        target: null,
        met: null,
      },
    ];
  },
};

function tookMs(work: () => void): number {
  const startedAt = performance.now();
  work();
  return performance.now() - startedAt;
}

/** Keeps the engine from leaving out what is not read. */
let checksum = 0;

/**
 * What one writes down first: every figure anew from arrays of candles, at every scan. Regressions on both windows,
 * the test of reversion, of drift and of volume ranks, the range, ATR and RSI; no history of beta, no jackknife, no ranking, no words.
 */
function straightforward(known: ReadonlyMap<string, readonly Candle[]>, names: readonly string[]): void {
  for (const timeframe of candleTimeframes) {
    const market = returnsOf(known.get(`${benchmarkSymbol} ${timeframe}`) ?? []);
    for (const name of names.slice(1)) {
      const candles = known.get(`${name} ${timeframe}`) ?? [];
      const own = returnsOf(candles);
      const recent = regress(market.slice(-50), own.slice(-50));
      const before = regress(market.slice(-250, -50), own.slice(-250, -50));
      const z = (Math.atanh(before.correlation) - Math.atanh(recent.correlation)) / Math.sqrt(1 / 197 + 1 / 47);
      const spread = candles.map(
        ({ close }, index) =>
          Math.log(close) -
          before.beta * Math.log(known.get(`${benchmarkSymbol} ${timeframe}`)?.[index]?.close ?? close),
      );
      const reversion = regress(
        spread.slice(0, -1),
        spread.slice(1).map((value, index) => value - (spread[index] ?? value)),
      );
      const drift = own.slice(-20);
      const t = mean(drift) / Math.sqrt(variance(drift) / 20);
      const volumes = candles.slice(-220).map(({ volume }) => volume);
      const ranks = volumes.toSorted((a, b) => a - b);
      const rankSum = volumes.slice(-20).reduce((sum, volume) => sum + ranks.indexOf(volume), 0);
      const top = Math.max(...candles.slice(-220, -20).map(({ high }) => high));
      const bottom = Math.min(...candles.slice(-220, -20).map(({ low }) => low));
      checksum =
        (checksum + z + recent.alpha + reversion.beta + t + rankSum + top - bottom + atrOf(candles) + rsiOf(candles)) %
        1e6;
    }
  }
}

function returnsOf(candles: readonly Candle[]): number[] {
  return candles.slice(1).map(({ close }, index) => Math.log(close / (candles[index]?.close ?? close)));
}

function regress(xs: readonly number[], ys: readonly number[]): { beta: number; alpha: number; correlation: number } {
  const [mx, my] = [mean(xs), mean(ys)];
  const covariance = mean(xs.map((x, index) => (x - mx) * ((ys[index] ?? my) - my)));
  const beta = covariance / mean(xs.map((x) => (x - mx) ** 2));
  return {
    beta,
    alpha: my - beta * mx,
    correlation: covariance / Math.sqrt(mean(xs.map((x) => (x - mx) ** 2)) * mean(ys.map((y) => (y - my) ** 2))),
  };
}

function atrOf(candles: readonly Candle[]): number {
  const ranges = candles
    .slice(1)
    .map(
      ({ high, low }, index) =>
        Math.max(high, candles[index]?.close ?? high) - Math.min(low, candles[index]?.close ?? low),
    );
  return smoothed(ranges);
}

function rsiOf(candles: readonly Candle[]): number {
  const moves = candles.slice(1).map(({ close }, index) => close - (candles[index]?.close ?? close));
  const [up, down] = [
    smoothed(moves.map((move) => Math.max(0, move))),
    smoothed(moves.map((move) => Math.max(0, -move))),
  ];
  return 100 - 100 / (1 + up / down);
}

/** Wilder's average over 14. */
function smoothed(values: readonly number[]): number {
  return values.slice(14).reduce((before, value) => (13 * before + value) / 14, mean(values.slice(0, 14)));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
}
