import { candleMs, type Candle, type CandleTimeframe } from "../candle";
import type { Benchmark } from "./benchmark";
import { BetaHistory } from "./beta-history";
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

  constructor(readonly timeframe: CandleTimeframe) {
    this.candles = new CandleWindow(candleMs[timeframe]);
    this.betas = new BetaHistory(recentReturns * candleMs[timeframe]);
  }

  /** A closed candle; one not newer than the newest is known, one without a price above zero says nothing. */
  take(candle: Candle): void {
    const { newestAt } = this.candles;
    if ((newestAt !== null && candle.at <= newestAt) || !(candle.close > 0)) return;
    const change = this.candles.push(candle);
    if (change === null) return;
    this.#waiting.push({ at: candle.at, change });
    if (this.#waiting.length > waitingMax) this.#waiting.shift();
  }

  /** Joins what waits with the benchmark's returns of the same candles. */
  join(benchmark: Benchmark): void {
    const { newestAt } = benchmark;
    if (newestAt === null) return;
    let joined = 0;
    for (const { at, change } of this.#waiting) {
      if (at > newestAt) break;
      joined += 1;
      const benchmarkChange = benchmark.returnAt(at);
      if (benchmarkChange !== null) this.#push(at, benchmarkChange, change);
    }
    this.#waiting.splice(0, joined);
  }

  #push(at: number, benchmarkChange: number, change: number): void {
    this.returns.push(benchmarkChange, change);
    if (this.returns.recent.n < recentReturns || !this.betas.isDue(at)) return;
    const regression = regress(this.returns.recent);
    if (regression !== null) this.betas.note(at, regression.beta);
  }
}
