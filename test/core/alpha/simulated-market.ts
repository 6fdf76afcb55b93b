import { minuteMs } from "../../../src/core/duration";
import { AlphaModel } from "../../../src/core/alpha/model";
import { Episodes } from "../../../src/core/alpha/episodes";
import type { Finding } from "../../../src/core/alpha/finding";
import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../../../src/core/candle";
import { IndicatorCache } from "../../../src/scanners/alpha/indicator-cache";
import { seededRandom, type Random } from "../../support/random";

const dayMinutes = 1440;
const startAt = Date.UTC(2026, 0, 1);
const benchmarkSymbol = "BTCUSDT";

/** What returns and volume do by themselves, with nothing in them to find. */
export interface Habits {
  /** Degrees of freedom of Student's t; null for normal returns. */
  readonly tails: number | null;
  /** Volatility clusters from minute to minute: GARCH(.05, .93), of every symbol and of the benchmark. */
  readonly garch: boolean;
  /** Twice a day a minute of 10 deviations, of every symbol by itself and of the benchmark. */
  readonly jumps: boolean;
  /** Volume over the day, as a share up and down: .8 runs from .2 to 1.8. */
  readonly cycle: number;
  /** Correlation of log volume with the candle before, on every timeframe. */
  readonly memory: number;
  /** Volume grows with the size of the move. */
  readonly linked: boolean;
  /** Half of the variance the benchmark does not explain is common to all symbols. */
  readonly factor: boolean;
  /** Volatility of the benchmark, and of each symbol by itself, is another every eight hours or so, up to threefold. */
  readonly regimes: boolean;
}

export const calm: Habits = {
  tails: null,
  garch: false,
  jumps: false,
  cycle: 0,
  memory: 0,
  linked: false,
  factor: false,
  regimes: false,
};

/** The cells of the table: each habit by itself, and all of them. */
export const markets: Readonly<Record<string, Habits>> = {
  "normal returns, independent volume": calm,
  "returns t(4)": { ...calm, tails: 4 },
  "GARCH with t(4)": { ...calm, tails: 4, garch: true },
  "GARCH with t(6)": { ...calm, tails: 6, garch: true },
  "jumps": { ...calm, jumps: true },
  "daily cycle of volume ±30 %": { ...calm, cycle: 0.3 },
  "daily cycle of volume ±60 %": { ...calm, cycle: 0.6 },
  "daily cycle of volume ±80 %": { ...calm, cycle: 0.8 },
  "memory of volume .5": { ...calm, memory: 0.5 },
  "memory of volume .7": { ...calm, memory: 0.7 },
  "memory of volume .8": { ...calm, memory: 0.8 },
  "volume linked to moves, GARCH with t(4)": { ...calm, tails: 4, garch: true, linked: true },
  "symbols with a common factor": { ...calm, factor: true },
  "changes of regime": { ...calm, regimes: true, linked: true },
  "all together, t(4)": {
    tails: 4,
    garch: true,
    jumps: true,
    cycle: 0.8,
    memory: 0.8,
    linked: true,
    factor: true,
    regimes: true,
  },
  "all together, t(6)": {
    tails: 6,
    garch: true,
    jumps: true,
    cycle: 0.6,
    memory: 0.7,
    linked: true,
    factor: true,
    regimes: true,
  },
};

/** A drift of its own that a symbol is given: `deviations` of its own moves a minute, over so many minutes. */
interface Plant {
  readonly fromMinute: number;
  readonly minutes: number;
  readonly deviations: number;
}

export interface SimulatedMarketOptions {
  readonly seed: number;
  readonly symbols: number;
  readonly habits: Habits;
  /** By the symbol's number. */
  readonly plantOf?: (symbol: number) => Plant | null;
}

/**
 * Days of minutes of a benchmark and symbols that follow it, made into candles of every timeframe, and a book that
 * looks every five minutes.
 */
export class SimulatedMarket {
  readonly #model = new AlphaModel({ benchmark: benchmarkSymbol, scanIntervalMs: 5 * minuteMs });
  readonly #episodes = new Episodes();
  readonly #indicators = new IndicatorCache();
  readonly #common: Shocks;
  readonly #benchmark: SimulatedSymbol;
  readonly #symbols: SimulatedSymbol[];
  #minute = 0;

  constructor(options: SimulatedMarketOptions) {
    const random = seededRandom(options.seed);
    const { habits } = options;
    this.#common = new Shocks(random, habits);
    this.#benchmark = new SimulatedSymbol(benchmarkSymbol, random, habits, 0, 0.0006, null);
    this.#symbols = Array.from(
      { length: options.symbols },
      (_, index) =>
        new SimulatedSymbol(
          `S${index}USDT`,
          random,
          habits,
          0.6 + random.next(),
          0.0003 * 5 ** random.next(),
          options.plantOf?.(index) ?? null,
        ),
    );
  }

  get names(): string[] {
    return [benchmarkSymbol, ...this.#symbols.map(({ name }) => name)];
  }

  /** Lets the days go by without a look. */
  learn(days: number): void {
    for (let minute = 0; minute < days * dayMinutes; minute += 1) this.#pass();
  }

  /** What was news on the days watched. */
  watch(days: number): Finding[] {
    const news: Finding[] = [];
    const watched = this.names;
    const factsOf = (symbol: string, timeframe: CandleTimeframe) => ({
      turnover: 1e8,
      indicators: this.#indicators.of(symbol, timeframe),
    });
    for (let minute = 0; minute < days * dayMinutes; minute += 1) {
      this.#pass();
      if (this.#minute % 5 !== 0) continue;
      const now = startAt + this.#minute * minuteMs;
      news.push(...this.#episodes.news(this.#model.judge(now, factsOf, { watched }), now));
    }
    return news;
  }

  #pass(): void {
    const at = startAt + this.#minute * minuteMs;
    const take = (symbol: string, timeframe: CandleTimeframe, candle: Candle) => {
      this.#model.take(symbol, timeframe, [candle]);
      if (symbol !== benchmarkSymbol) this.#indicators.take(symbol, timeframe, [candle]);
    };
    const common = this.#common.next();
    const move = this.#benchmark.pass(at, this.#minute, 0, 0, take);
    for (const symbol of this.#symbols) symbol.pass(at, this.#minute, move, common, take);
    this.#minute += 1;
  }
}

type Take = (symbol: string, timeframe: CandleTimeframe, candle: Candle) => void;

class SimulatedSymbol {
  readonly #shocks: Shocks;
  readonly #candles;
  /** Of a whole minute's move, usually. */
  readonly #scale: number;
  #price = 100;

  constructor(
    readonly name: string,
    private readonly random: Random,
    private readonly habits: Habits,
    private readonly beta: number,
    private readonly deviation: number,
    private readonly plant: Plant | null,
  ) {
    this.#shocks = new Shocks(random, habits);
    this.#candles = candleTimeframes.map((timeframe) => ({
      timeframe,
      lengthMs: candleMs[timeframe],
      at: 0,
      open: 0,
      high: 0,
      low: 0,
      activity: 0,
      logVolume: 0.5 * normal(random),
    }));
    this.#scale = Math.hypot(deviation, beta * 0.0006);
  }

  /** One minute; answers the move. */
  pass(at: number, minute: number, benchmark: number, common: number, take: Take): number {
    const { habits, plant } = this;
    const own = this.#shocks.next();
    const drift =
      plant !== null && minute >= plant.fromMinute && minute < plant.fromMinute + plant.minutes ? plant.deviations : 0;
    const shared = habits.factor && this.beta > 0;
    const move = this.beta * benchmark + this.deviation * ((shared ? Math.SQRT1_2 * (own + common) : own) + drift);
    const before = this.#price;
    this.#price = before * Math.exp(move);
    const cycle = 1 + habits.cycle * Math.sin((2 * Math.PI * minute) / dayMinutes);
    const activity = cycle * (habits.linked ? 0.5 + Math.abs(move) / this.#scale : 1);
    for (const candle of this.#candles) {
      if (at % candle.lengthMs === 0) {
        candle.at = at;
        candle.open = candle.high = candle.low = before;
        candle.activity = 0;
      }
      candle.high = Math.max(candle.high, this.#price);
      candle.low = Math.min(candle.low, this.#price);
      candle.activity += activity;
      if ((at + minuteMs) % candle.lengthMs !== 0) continue;
      candle.logVolume =
        habits.memory * candle.logVolume + 0.5 * Math.sqrt(1 - habits.memory * habits.memory) * normal(this.random);
      take(this.name, candle.timeframe, {
        at: candle.at,
        open: candle.open,
        high: candle.high,
        low: candle.low,
        close: this.#price,
        volume: candle.activity * Math.exp(candle.logVolume),
      });
    }
    return move;
  }
}

/** Moves of variance 1 in the long run, changes of regime aside. */
class Shocks {
  #variance = 1;
  #regime = 1;

  constructor(
    private readonly random: Random,
    private readonly habits: Habits,
  ) {}

  next(): number {
    const { random, habits } = this;
    const shock = Math.sqrt(this.#variance) * (habits.tails === null ? normal(random) : student(random, habits.tails));
    if (habits.garch) this.#variance = 0.02 + 0.93 * this.#variance + 0.05 * shock * shock;
    if (habits.regimes && random.below(8 * 60) === 0) this.#regime = 3 ** random.next();
    const jump = habits.jumps && random.below(dayMinutes / 2) === 0 ? 10 * Math.sign(random.next() - 0.5) : 0;
    return this.#regime * (shock + jump);
  }
}

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Student's t of an even number of degrees, scaled to variance 1. */
function student(random: Random, degrees: number): number {
  let product = 1;
  for (let pair = 0; pair < degrees / 2; pair += 1) product *= 1 - random.next();
  const chi = -2 * Math.log(product);
  return normal(random) * Math.sqrt((degrees - 2) / chi);
}
