import type { PairSums } from "./pair-sums";

/** How a symbol's returns follow the benchmark's, by least squares. All per candle, nothing annualised. */
export interface Regression {
  readonly n: number;
  readonly correlation: number;
  /** Covariance over the benchmark's variance. */
  readonly beta: number;
  /** Mean return less beta times the benchmark's mean return. */
  readonly alpha: number;
  /** alpha x n: what the window brought beyond the benchmark, as a fraction. */
  readonly excess: number;
  /** Alpha over its standard error; null where the benchmark explains everything and no residual is left to judge by. */
  readonly t: number | null;
  readonly betaError: number;
  /** Standard deviation of the symbol's returns. */
  readonly deviation: number;
  /** Standard deviation of the benchmark's. */
  readonly benchmarkDeviation: number;
}

/** Residuals this small beside the returns are rounding. */
const roundingShare = 1e-12;
/** No price moves this little in a candle, as a fraction. */
const stillness = 1e-12;

/** Null under 3 pairs, and where either side does not move. */
export function regress(sums: Readonly<PairSums>): Regression | null {
  const { n } = sums;
  if (n < 3) return null;
  const sxx = sums.xx - (sums.x * sums.x) / n;
  const syy = sums.yy - (sums.y * sums.y) / n;
  const sxy = sums.xy - (sums.x * sums.y) / n;
  if (!moves(sxx, sums.xx, n) || !moves(syy, sums.yy, n)) return null;
  const beta = sxy / sxx;
  const meanX = sums.x / n;
  const alpha = sums.y / n - beta * meanX;
  const residual = Math.max(0, syy - beta * sxy);
  const spread = Math.sqrt(residual / (n - 2));
  const alphaError = spread * Math.sqrt(1 / n + (meanX * meanX) / sxx);
  return {
    n,
    correlation: Math.max(-1, Math.min(1, sxy / Math.sqrt(sxx * syy))),
    beta,
    alpha,
    excess: alpha * n,
    t: residual > roundingShare * syy ? alpha / alphaError : null,
    betaError: spread / Math.sqrt(sxx),
    deviation: Math.sqrt(syy / (n - 1)),
    benchmarkDeviation: Math.sqrt(sxx / (n - 1)),
  };
}

function moves(squaresAroundMean: number, squares: number, n: number): boolean {
  return squaresAroundMean > roundingShare * squares && squaresAroundMean > n * stillness * stillness;
}
