import type { JoinedReturns } from "./joined-returns";
import { together, type PairSums } from "./pair-sums";
import { regress } from "./regression";

/** The log price of a symbol less beta times the benchmark's, over a window. */
export interface Spread {
  readonly beta: number;
  /** From the window's mean, as a fraction. */
  readonly gap: number;
  /** The gap in standard deviations. */
  readonly distance: number;
  /** Dickey-Fuller t with a constant; the further below zero, the surer it comes back. */
  readonly t: number;
  /** Candles in which half a gap closes; null where it does not, or where it overshoots. */
  readonly halfLife: number | null;
}

export function pairSumsOf({ recent, prior }: JoinedReturns): PairSums {
  return together(recent, prior);
}

/** xs: the benchmark's returns, ys the symbol's, sums: of both. Null where nothing moves. */
export function spreadOf(xs: Float64Array, ys: Float64Array, sums: Readonly<PairSums>): Spread | null {
  const regression = regress(sums);
  if (regression === null) return null;
  const { beta, n } = regression;
  let level = 0;
  let levels = 0;
  let squares = 0;
  let products = 0;
  let stepSquares = 0;
  for (let index = 0; index < n; index += 1) {
    const step = (ys[index] ?? Number.NaN) - beta * (xs[index] ?? Number.NaN);
    levels += level;
    squares += level * level;
    products += level * step;
    stepSquares += step * step;
    level += step;
  }
  const spread = squares - (levels * levels) / n;
  if (!(spread > 1e-12 * squares) || !(stepSquares > 1e-18)) return null;
  const pull = (products - (levels * level) / n) / spread;
  const residual = Math.max(0, stepSquares - (level * level) / n - pull * pull * spread);
  if (!(residual > 1e-12 * stepSquares)) return null;
  const mean = levels / n;
  return {
    beta,
    gap: level - mean,
    distance: (level - mean) / Math.sqrt(spread / (n - 1)),
    t: pull / Math.sqrt(residual / (n - 2) / spread),
    halfLife: pull < 0 && pull > -1 ? -Math.LN2 / Math.log1p(pull) : null,
  };
}
