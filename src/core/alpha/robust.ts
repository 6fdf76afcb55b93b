import type { Regression } from "./regression";

/** Less is rounding. */
const leewayMin = 1e-9;

/**
 * Standard errors of alpha and beta that hold where large moves are noisier than small ones (MacKinnon and White's HC3).
 * The usual ones take one violent candle for fifty quiet ones. xs: the benchmark's returns, ys the symbol's. Infinite where a
 * single candle carries all that the benchmark moved: it leaves nothing to measure an error by.
 */
export function robustErrors(
  xs: Float64Array,
  ys: Float64Array,
  { alpha, beta }: Regression,
): { readonly alpha: number; readonly beta: number } {
  const n = xs.length;
  const meanX = xs.reduce((sum, x) => sum + x, 0) / n;
  const sxx = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  let alphaVariance = 0;
  let betaVariance = 0;
  for (let index = 0; index < n; index += 1) {
    const x = xs[index] ?? Number.NaN;
    const off = x - meanX;
    const leeway = 1 - 1 / n - (off * off) / sxx;
    if (!(leeway > leewayMin)) return { alpha: Infinity, beta: Infinity };
    const error = ((ys[index] ?? Number.NaN) - alpha - beta * x) / leeway;
    alphaVariance += ((1 / n - (meanX * off) / sxx) * error) ** 2;
    betaVariance += ((off / sxx) * error) ** 2;
  }
  return { alpha: Math.sqrt(alphaVariance), beta: Math.sqrt(betaVariance) };
}
