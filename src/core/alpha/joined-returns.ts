import { PairSums } from "./pair-sums";
import { SlidingWindow } from "./sliding-window";

/** Joined returns that are judged, and those before that they are judged against. */
export const recentReturns = 50;
export const returnsBefore = 200;

/** Every so many returns the sums are made anew: adding and taking away drifts by rounding. */
const recomputeEvery = 1_000;

/** A symbol's returns beside the benchmark's of the same candles, with the sums of both windows kept up at constant cost. */
export class JoinedReturns {
  readonly recent = new PairSums();
  readonly prior = new PairSums();
  readonly #benchmark = new SlidingWindow(recentReturns + returnsBefore + 1);
  readonly #symbol = new SlidingWindow(recentReturns + returnsBefore + 1);
  #sinceRecomputed = 0;

  push(benchmark: number, symbol: number): void {
    this.#benchmark.push(benchmark);
    this.#symbol.push(symbol);
    this.#sinceRecomputed += 1;
    if (this.#sinceRecomputed >= recomputeEvery) this.#recompute();
    else this.#slide(benchmark, symbol);
  }

  /** The benchmark's returns of the newest `count` pairs, oldest first. */
  benchmark(count: number, skipped = 0): Float64Array {
    return this.#benchmark.last(count, skipped);
  }

  symbol(count: number, skipped = 0): Float64Array {
    return this.#symbol.last(count, skipped);
  }

  #slide(benchmark: number, symbol: number): void {
    this.recent.add(benchmark, symbol);
    if (this.recent.n <= recentReturns) return;
    this.#move(recentReturns, this.recent, this.prior);
    if (this.prior.n > returnsBefore) this.#move(recentReturns + returnsBefore, this.prior, null);
  }

  #move(back: number, from: PairSums, to: PairSums | null): void {
    const x = this.#benchmark.before(back);
    const y = this.#symbol.before(back);
    from.remove(x, y);
    to?.add(x, y);
  }

  #recompute(): void {
    this.#sinceRecomputed = 0;
    refill(this.recent, this.benchmark(recentReturns), this.symbol(recentReturns));
    refill(this.prior, this.benchmark(returnsBefore, recentReturns), this.symbol(returnsBefore, recentReturns));
  }
}

function refill(sums: PairSums, xs: Float64Array, ys: Float64Array): void {
  sums.clear();
  for (let index = 0; index < xs.length; index += 1) sums.add(xs[index] ?? Number.NaN, ys[index] ?? Number.NaN);
}
