import { candleMs, type Candle, type CandleTimeframe } from "../candle";
import type { Benchmark } from "./benchmark";
import { BetaHistory, type Beta } from "./beta-history";
import { CandleWindow } from "./candle-window";
import { JoinedReturns, recentReturns } from "./joined-returns";
import { regress } from "./regression";

/** Returns that wait for the benchmark's candle; when it stays away, the oldest are given up. */
const waitingMax = 500;

/** All that is kept of one symbol on one timeframe. */
export class Series {
  readonly returns = new JoinedReturns();
  readonly candles: CandleWindow;
  readonly betas: BetaHistory;
  readonly #waiting: { readonly at: number; readonly change: number }[] = [];

  /** noted: called with each beta that enters the history. */
  constructor(
    readonly timeframe: CandleTimeframe,
    private readonly noted: (beta: Beta) => void,
  ) {
    this.candles = new CandleWindow(candleMs[timeframe]);
    this.betas = new BetaHistory(recentReturns * candleMs[timeframe]);
  }

  /** A closed candle; one not newer than the newest is known, one without a price above zero says nothing. */
  take(candle: Candle, benchmark: Benchmark | null): void {
    const { newestAt } = this.candles;
    if ((newestAt !== null && candle.at <= newestAt) || !(candle.close > 0)) return;
    const change = this.candles.push(candle);
    if (change === null || benchmark === null) return;
    this.#waiting.push({ at: candle.at, change });
    if (this.#waiting.length > waitingMax) this.#waiting.shift();
    this.join(benchmark);
  }

  /** Joins what waits with the benchmark's returns of the same candles. */
  join(benchmark: Benchmark): void {
    const newestAt = benchmark.newestAt ?? -Infinity;
    let joined = 0;
    for (; joined < this.#waiting.length; joined += 1) {
      const waits = this.#waiting[joined];
      if (waits === undefined || waits.at > newestAt) break;
      const benchmarkChange = benchmark.returnAt(waits.at);
      if (benchmarkChange !== null) this.#push(waits.at, benchmarkChange, waits.change);
    }
    if (joined === this.#waiting.length) this.#waiting.length = 0;
    else if (joined > 0) this.#waiting.splice(0, joined);
  }

  #push(at: number, benchmarkChange: number, change: number): void {
    this.returns.push(benchmarkChange, change);
    if (this.returns.recent.n < recentReturns || !this.betas.isDue(at)) return;
    const regression = regress(this.returns.recent);
    if (regression === null) return;
    this.betas.note(at, regression.beta);
    this.noted({ at, beta: regression.beta });
  }
}
