import { formatNumber } from "../../text";
import { compareCorrelations, compareRobustly, correlationAt } from "../fisher";
import { recentReturns, returnsBefore } from "../joined-returns";
import type { Look, Seen } from "../look";

/** What has not been together cannot come apart. */
const correlationBeforeMin = 0.6;
const pFisherMax = 1e-4;

/**
 * The correlation over the 200 returns before was at least .6, and that over the newest 50 is lower by the threshold and by a
 * Fisher z with p below 1e-4; also than what it would have been with the benchmark as quiet as it now is.
 */
export function correlationBreakdown({ recent, before, series, thresholds, timeframe, pMax }: Look): Seen | null {
  if (recent === null || before === null || before.n < returnsBefore || before.correlation < correlationBeforeMin) return null;
  const fall = before.correlation - recent.correlation;
  if (fall <= thresholds.correlation) return null;
  const fisher = compareCorrelations(before.correlation, before.n, recent.correlation, recent.n);
  if (fisher.p >= Math.min(pFisherMax, pMax)) return null;
  const expected = correlationAt(before.correlation, Math.min(1, recent.benchmarkDeviation / before.benchmarkDeviation));
  const quiet = compareCorrelations(expected, before.n, recent.correlation, recent.n);
  if (expected <= recent.correlation || quiet.p > pMax) return null;
  const { returns } = series;
  const robust = compareRobustly(
    { xs: returns.benchmark(returnsBefore, recentReturns), ys: returns.symbol(returnsBefore, recentReturns) },
    { xs: returns.benchmark(recentReturns), ys: returns.symbol(recentReturns) },
  );
  const p = Math.max(fisher.p, quiet.p, robust);
  if (p > pMax) return null;
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
    ],
    insight: `Correlation ${formatNumber(recent.correlation, 2)} over ${recent.n} candles of ${timeframe}, over the ${before.n} before it was ${formatNumber(before.correlation, 2)}`,
    expectedMs: null,
  };
}
