import { formatNumber, formatPercent } from "../../text";
import { studentTails } from "../chance";
import { recentReturns } from "../joined-returns";
import type { Look, Seen } from "../look";
import { robustErrors } from "../robust";

/** Standard errors; passed before anything dearer is computed. */
const tMin = 4;

/** The window brought more, or less, than the benchmark explains: by the threshold, by 4 standard errors, and past the correction. */
export function alphaBreakout({ recent, series, thresholds, timeframe, pMax }: Look): Seen | null {
  if (recent === null || recent.t === null || Math.abs(recent.t) <= tMin || Math.abs(recent.excess) <= thresholds.alpha)
    return null;
  const robust =
    recent.alpha /
    robustErrors(series.returns.benchmark(recentReturns), series.returns.symbol(recentReturns), recent).alpha;
  const t = Math.abs(robust) < Math.abs(recent.t) ? robust : recent.t;
  const p = studentTails(t, recent.n - 2);
  if (!(p <= pMax)) return null;
  return {
    pattern: "alpha_breakout",
    p,
    n: recent.n,
    alphaPotential: recent.excess,
    why: [
      { name: "excess", value: recent.excess, limit: Math.sign(recent.excess) * thresholds.alpha },
      { name: "t", value: recent.t, limit: Math.sign(recent.t) * tMin },
      { name: "robust t", value: robust, limit: null },
      { name: "alpha per candle", value: recent.alpha, limit: null },
      { name: "beta", value: recent.beta, limit: null },
    ],
    insight:
      `${formatPercent(recent.excess)} beyond what the benchmark explains in ${recent.n} candles of ` +
      `${timeframe}, t ${formatNumber(t)}`,
    expectedMs: null,
  };
}
