import { formatNumber } from "../../text";
import { compareCorrelations, compareRobustly, correlationAt } from "../fisher";
import { recentReturns, returnsBefore } from "../joined-returns";
import type { Look, Seen } from "../look";
import type { Regression } from "../regression";
import { robustErrors } from "../robust";

/** What has not been together cannot come apart. */
const correlationBeforeMin = 0.6;
const pFisherMax = 1e-4;
/** Standard errors that beta has to fall by. */
const betaFallMin = 4.5;

/**
 * The correlation over the 200 returns before was at least .6, and that over the newest 50 is lower by the threshold and by a
 * Fisher z with p below 1e-4; also than what it would have been with the benchmark as quiet as it now is. And beta
 * fell with it, by 4.5 standard errors:
 * a symbol that moves more by itself, as a cluster of volatility makes it, is less correlated and has not come apart. That
 * happens a hundred times as often as p says, beta's fall beside it once in 50,000: so it has to be there, and adds nothing to p.
 */
export function correlationBreakdown({ recent, before, series, thresholds, timeframe, pMax }: Look): Seen | null {
  if (recent === null || before === null || before.n < returnsBefore || before.correlation < correlationBeforeMin)
    return null;
  const fall = before.correlation - recent.correlation;
  if (fall <= thresholds.correlation || recent.beta >= before.beta) return null;
  const fisher = compareCorrelations(before.correlation, before.n, recent.correlation, recent.n);
  if (fisher.p >= Math.min(pFisherMax, pMax)) return null;
  const expected = correlationAt(
    before.correlation,
    Math.min(1, recent.benchmarkDeviation / before.benchmarkDeviation),
  );
  const quiet = compareCorrelations(expected, before.n, recent.correlation, recent.n);
  if (expected <= recent.correlation || !(quiet.p <= pMax)) return null;
  const { returns } = series;
  const pairsBefore = {
    xs: returns.benchmark(returnsBefore, recentReturns),
    ys: returns.symbol(returnsBefore, recentReturns),
  };
  const pairs = { xs: returns.benchmark(recentReturns), ys: returns.symbol(recentReturns) };
  const betaFall = errorsBetween({ ...pairsBefore, regression: before }, { ...pairs, regression: recent });
  if (!(betaFall >= betaFallMin)) return null;
  const robust = compareRobustly(pairsBefore, pairs);
  const p = Math.max(fisher.p, quiet.p, robust);
  if (!(p <= pMax)) return null;
  return {
    pattern: "correlation_breakdown",
    p,
    n: recent.n,
    alphaPotential: recent.excess,
    why: [
      { name: "correlation", value: recent.correlation, limit: null },
      { name: "correlation before", value: before.correlation, limit: correlationBeforeMin },
      { name: "fall", value: fall, limit: thresholds.correlation },
      { name: "Fisher z", value: fisher.z, limit: null },
      { name: "p of z", value: fisher.p, limit: pFisherMax },
      { name: "correlation before, at the benchmark's deviation now", value: expected, limit: null },
      { name: "p by jackknife", value: robust, limit: null },
      { name: "beta", value: recent.beta, limit: null },
      { name: "beta before", value: before.beta, limit: null },
      { name: "beta's fall in standard errors", value: betaFall, limit: betaFallMin },
    ],
    insight:
      `Correlation ${formatNumber(recent.correlation, 2)} over ${recent.n} candles of ${timeframe}, over ` +
      `the ${before.n} before it was ${formatNumber(before.correlation, 2)}`,
    expectedMs: null,
  };
}

interface Fitted {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
  readonly regression: Regression;
}

/** How far beta fell, in standard errors that hold where volatility clusters. */
function errorsBetween(before: Fitted, recent: Fitted): number {
  const error = Math.hypot(
    robustErrors(before.xs, before.ys, before.regression).beta,
    robustErrors(recent.xs, recent.ys, recent.regression).beta,
  );
  return (before.regression.beta - recent.regression.beta) / error;
}
