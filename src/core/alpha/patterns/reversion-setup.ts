import { candleMs } from "../../candle";
import { formatNumber, formatPercent } from "../../text";
import { unitRootTail } from "../dickey-fuller";
import { recentReturns, returnsBefore } from "../joined-returns";
import type { Look, Seen } from "../look";
import { pairSumsOf, spreadOf } from "../spread";

/** Standard deviations from the mean. */
const distanceMin = 2;

/**
 * The symbol's price against beta times the benchmark's keeps coming back to its mean (Dickey and Fuller's test over 250
 * joined returns), and now stands 2 standard deviations off, with more to gain by going back than the alpha threshold.
 */
export function reversionSetup({ series, before, thresholds, timeframe, pMax }: Look): Seen | null {
  const n = recentReturns + returnsBefore;
  if (before === null || before.n < returnsBefore) return null;
  const { returns } = series;
  const spread = spreadOf(returns.benchmark(n), returns.symbol(n), pairSumsOf(returns));
  if (
    spread === null ||
    Math.abs(spread.distance) < distanceMin ||
    Math.abs(spread.gap) <= thresholds.alpha ||
    spread.halfLife === null
  )
    return null;
  const p = unitRootTail(spread.t);
  if (!(p <= pMax)) return null;
  return {
    pattern: "reversion_setup",
    p,
    n,
    alphaPotential: -spread.gap,
    why: [
      { name: "gap to the mean", value: spread.gap, limit: Math.sign(spread.gap) * thresholds.alpha },
      { name: "standard deviations", value: spread.distance, limit: Math.sign(spread.distance) * distanceMin },
      { name: "Dickey-Fuller t", value: spread.t, limit: null },
      { name: "half-life in candles", value: spread.halfLife, limit: null },
      { name: "beta", value: spread.beta, limit: null },
    ],
    insight:
      `${formatPercent(spread.gap)} from where it usually stands against the benchmark, ` +
      `${formatNumber(Math.abs(spread.distance))} standard deviations; half of such a gap closes in ` +
      `${formatNumber(spread.halfLife)} candles of ${timeframe}`,
    expectedMs: 2 * spread.halfLife * candleMs[timeframe],
  };
}
