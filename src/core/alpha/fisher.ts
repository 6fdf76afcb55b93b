import { normalTail, studentTails } from "./chance";
import { PairSums } from "./pair-sums";
import { regress } from "./regression";

/** Fisher's transformation: a correlation on a scale where its error does not depend on it. */
export function fisherZ(correlation: number): number {
  return Math.atanh(Math.max(-certain, Math.min(certain, correlation)));
}

const certain = 1 - 1e-12;

/** Two correlations of n and m pairs: their distance in standard errors, and the chance of one as large, either side. */
export function compareCorrelations(
  a: number,
  n: number,
  b: number,
  m: number,
): { readonly z: number; readonly p: number } {
  const z = (fisherZ(a) - fisherZ(b)) / Math.sqrt(1 / (n - 3) + 1 / (m - 3));
  return { z, p: 2 * normalTail(Math.abs(z)) };
}

/**
 * What a correlation would be with the benchmark's deviation `ratio` times as large and all else the same (Forbes and Rigobon).
 * A benchmark that goes quiet lowers every symbol's correlation at once, and nothing has come apart.
 */
export function correlationAt(correlation: number, ratio: number): number {
  return (correlation * ratio) / Math.sqrt(1 + correlation * correlation * (ratio * ratio - 1));
}

/**
 * The same comparison with errors measured by leaving out one pair at a time: where returns have fat tails a few candles
 * carry a correlation, and Fisher's own error, made for normal ones, is too small.
 */
export function compareRobustly(a: Pairs, b: Pairs): number {
  const [first, second] = [jackknife(a), jackknife(b)];
  const error = Math.sqrt(first.variance + second.variance);
  if (!(error > 0)) return 1;
  return studentTails((first.z - second.z) / error, Math.min(a.xs.length, b.xs.length) - 3);
}

export interface Pairs {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

function jackknife({ xs, ys }: Pairs): { readonly z: number; readonly variance: number } {
  const n = xs.length;
  const sums = new PairSums();
  for (let index = 0; index < n; index += 1) sums.add(xs[index] ?? Number.NaN, ys[index] ?? Number.NaN);
  const whole = fisherZ(regress(sums)?.correlation ?? Number.NaN);
  let total = 0;
  let squares = 0;
  for (let index = 0; index < n; index += 1) {
    const [x, y] = [xs[index] ?? Number.NaN, ys[index] ?? Number.NaN];
    sums.remove(x, y);
    const z = fisherZ(regress(sums)?.correlation ?? Number.NaN);
    sums.add(x, y);
    total += z;
    squares += z * z;
  }
  return { z: whole, variance: Math.max(0, ((n - 1) / n) * (squares - (total * total) / n)) };
}
