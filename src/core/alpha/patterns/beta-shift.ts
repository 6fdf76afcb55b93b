import { dayMs } from "../../duration";
import { formatNumber } from "../../text";
import { studentTails } from "../chance";
import { recentReturns } from "../joined-returns";
import type { Look, Seen } from "../look";
import { robustErrors } from "../robust";

/** Standard errors of the beta itself; passed before anything dearer is computed. */
const errorsMin = 3;

/**
 * Beta away from its own median over 30 days, or the 7 and more that are known, by the divergence and by 3 standard
 * errors: above it an expansion, below a compression.
 */
export function betaShift({ recent, series, thresholds, timeframe, pMax, at }: Look): Seen | null {
  if (recent === null) return null;
  const usual = series.betas.usual(at);
  if (usual === null) return null;
  const shift = recent.beta - usual.median;
  if (Math.abs(shift) <= thresholds.beta || Math.abs(shift) <= errorsMin * recent.betaError) return null;
  const robustError = robustErrors(
    series.returns.benchmark(recentReturns),
    series.returns.symbol(recentReturns),
    recent,
  ).beta;
  const t = shift / Math.hypot(Math.max(robustError, recent.betaError), usual.error);
  const p = studentTails(t, recent.n - 2);
  if (!(p <= pMax)) return null;
  return {
    pattern: shift > 0 ? "beta_expansion" : "beta_compression",
    p,
    n: recent.n,
    alphaPotential: recent.excess,
    why: [
      { name: "beta", value: recent.beta, limit: null },
      { name: "median beta before", value: usual.median, limit: null },
      { name: "days of beta known", value: usual.spanMs / dayMs, limit: 7 },
      { name: "beta from its median", value: shift, limit: Math.sign(shift) * thresholds.beta },
      { name: "standard errors", value: shift / recent.betaError, limit: Math.sign(shift) * errorsMin },
      { name: "t, the median's error included", value: t, limit: null },
    ],
    insight:
      `Beta ${formatNumber(recent.beta, 2)} over ${recent.n} candles of ${timeframe}, its median over ` +
      `${Math.round(usual.spanMs / dayMs)} days is ${formatNumber(usual.median, 2)}`,
    expectedMs: null,
  };
}
