import { AlphaBook, type SymbolFacts } from "../../../src/core/alpha/book";
import { Episodes } from "../../../src/core/alpha/episodes";
import type { Finding } from "../../../src/core/alpha/finding";
import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../../../src/core/candle";
import { seededRandom, type Random } from "../../support/random";

const minuteMs = 60_000;
/** Of pool, in minutes: a month and a half. */
const poolSize = 65_536;
const startAt = Date.UTC(2026, 0, 1);

/** How much of the real structure the shuffle leaves: the beta to the benchmark of the same minute, or nothing at all. */
export type Shuffle = "keeps-beta" | "keeps-nothing";

export interface ShuffledMarketOptions {
  readonly seed: number;
  readonly symbols: number;
  readonly shuffle: Shuffle;
  readonly scanMinutes: number;
}

/**
 * A market with fat tails, volatility that clusters, and volume that goes with it, cut into minutes and shuffled: each
 * symbol keeps the distribution of its returns and loses every order in time. Longer candles are made of the minutes.
 */
export class ShuffledMarket {
  readonly book: AlphaBook;
  readonly #random: Random;
  readonly #benchmark: Shuffled;
  readonly #symbols: SimulatedSymbol[];
  readonly #episodes = new Episodes();
  readonly #factsOf: (symbol: string, timeframe: CandleTimeframe) => SymbolFacts;
  #minute = 0;

  constructor(private readonly options: ShuffledMarketOptions) {
    this.#random = seededRandom(options.seed);
    this.book = new AlphaBook({ benchmark: "BTCUSDT", scanIntervalMs: options.scanMinutes * minuteMs });
    this.#benchmark = new Shuffled(realistic(this.#random, 0.0005), this.#random);
    this.#symbols = Array.from({ length: options.symbols }, (_, index) => ({
      name: `S${index}USDT`,
      beta: 0.6 + this.#random.next(),
      own: new Shuffled(realistic(this.#random, 0.0003 + 0.0006 * this.#random.next()), this.#random),
      candles: new CandleMaker(),
    }));
    const byName = new Map(this.#symbols.map((symbol) => [symbol.name, symbol.candles]));
    // Readings that let everything pass, so that only the evidence is tested.
    this.#factsOf = (symbol) => ({ turnover: 1e8, indicators: { atr: (byName.get(symbol)?.price ?? 1) * 1e-4, rsi: 50, rsiLowest: 0 } });
  }

  /** Lets the days go by without a look. */
  learn(days: number): void {
    for (let minute = 0; minute < days * 1440; minute += 1) this.#pass();
  }

  /** What was news on the days watched. */
  watch(days: number): Finding[] {
    const news: Finding[] = [];
    for (let minute = 0; minute < days * 1440; minute += 1) {
      this.#pass();
      if (this.#minute % this.options.scanMinutes !== 0) continue;
      const now = startAt + this.#minute * minuteMs;
      news.push(...this.#episodes.news(this.book.judge(now, this.#factsOf), now));
    }
    return news;
  }

  readonly #btc = new CandleMaker();

  #pass(): void {
    const at = startAt + this.#minute * minuteMs;
    const benchmark = this.#benchmark.next();
    const beta = this.options.shuffle === "keeps-beta" ? 1 : 0;
    this.#btc.pass(at, benchmark, 100, (timeframe, candle) => this.book.take("BTCUSDT", timeframe, [candle]));
    for (const { name, beta: own, own: residual, candles } of this.#symbols) {
      const change = residual.next();
      const volume = (0.5 + this.#random.next()) * (1 + Math.abs(change) * 2_000);
      candles.pass(at, beta * own * benchmark + change, volume, (timeframe, candle) => this.book.take(name, timeframe, [candle]));
    }
    this.#minute += 1;
  }
}

interface SimulatedSymbol {
  readonly name: string;
  readonly beta: number;
  readonly own: Shuffled;
  readonly candles: CandleMaker;
}

/** Values in a random order, and when all have been, in another. */
class Shuffled {
  #next: number;

  constructor(
    private readonly values: Float64Array,
    private readonly random: Random,
  ) {
    this.#next = values.length;
  }

  next(): number {
    if (this.#next === this.values.length) this.#shuffle();
    const value = this.values[this.#next] ?? 0;
    this.#next += 1;
    return value;
  }

  #shuffle(): void {
    for (let last = this.values.length - 1; last > 0; last -= 1) {
      const other = this.random.below(last + 1);
      [this.values[last], this.values[other]] = [this.values[other] ?? 0, this.values[last] ?? 0];
    }
    this.#next = 0;
  }
}

/** Minutes of Student's t with 4 degrees of freedom and volatility that clusters and decays over hours. */
function realistic(random: Random, deviation: number): Float64Array {
  let variance = 1;
  return Float64Array.from({ length: poolSize }, () => {
    const shock = Math.sqrt(variance) * studentFour(random);
    variance = 0.02 + 0.88 * variance + 0.1 * Math.min(shock * shock, 50);
    return deviation * shock;
  });
}

/** Unit variance. */
function studentFour(random: Random): number {
  const chi = -2 * (Math.log(1 - random.next()) + Math.log(1 - random.next()));
  return (normal(random) / Math.sqrt(chi / 4)) * Math.SQRT1_2;
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Candles of every timeframe out of minutes. */
class CandleMaker {
  price = 100;
  readonly #open = candleTimeframes.map((timeframe) => ({ timeframe, lengthMs: candleMs[timeframe], at: 0, open: 0, high: 0, low: 0, volume: 0 }));

  pass(at: number, change: number, volume: number, closed: (timeframe: CandleTimeframe, candle: Candle) => void): void {
    const before = this.price;
    this.price = before * Math.exp(change);
    const [high, low] = [Math.max(before, this.price), Math.min(before, this.price)];
    for (const candle of this.#open) {
      if (at % candle.lengthMs === 0) Object.assign(candle, { at, open: before, high, low, volume: 0 });
      candle.high = Math.max(candle.high, high);
      candle.low = Math.min(candle.low, low);
      candle.volume += volume;
      if ((at + minuteMs) % candle.lengthMs !== 0) continue;
      closed(candle.timeframe, { at: candle.at, open: candle.open, high: candle.high, low: candle.low, close: this.price, volume: candle.volume });
    }
  }
}
