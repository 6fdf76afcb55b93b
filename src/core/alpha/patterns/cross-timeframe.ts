import { candleMs, type CandleTimeframe } from "../../candle";
import { formatNumber, formatPercent } from "../../text";
import { normalOf, normalTail } from "../chance";
import { recentReturns } from "../joined-returns";
import type { Seen } from "../look";
import type { Regression } from "../regression";
import { thresholds } from "../thresholds";

/** One timeframe's say, the faster before the slower. */
export interface TimeframeAlpha {
  readonly timeframe: CandleTimeframe;
  readonly regression: Regression & { readonly t: number };
}

const timeframesMin = 3;
/** Each has to lean this far by itself. */
const tMin = 1.5;

/**
 * Alpha has one sign on every timeframe known, three at least, and together they are past the correction, where the slowest
 * passes its own threshold. The windows end together, so the slower ones contain the faster: of two t-values the correlation
 * is the root of the ratio of their lengths, and the sum's variance takes that in (Stouffer's method for dependent tests).
 */
export function crossTimeframe(alphas: readonly TimeframeAlpha[], pMax: number): Seen | null {
  const slowest = alphas.at(-1);
  if (slowest === undefined || alphas.length < timeframesMin) return null;
  const side = Math.sign(slowest.regression.t);
  if (!alphas.every(({ regression }) => regression.t * side >= tMin)) return null;
  const limit = thresholds[slowest.timeframe].alpha;
  if (Math.abs(slowest.regression.excess) <= limit) return null;
  const z =
    alphas.reduce((sum, { regression }) => sum + normalOf(regression.t, regression.n - 2), 0) /
    Math.sqrt(varianceOfSum(alphas));
  const p = 2 * normalTail(Math.abs(z));
  if (!(p <= pMax)) return null;
  return {
    pattern: "cross_timeframe",
    p,
    n: recentReturns,
    alphaPotential: slowest.regression.excess,
    why: [
      ...alphas.map(({ timeframe, regression }) => ({
        name: `t on ${timeframe}`,
        value: regression.t,
        limit: side * tMin,
      })),
      { name: `excess on ${slowest.timeframe}`, value: slowest.regression.excess, limit: side * limit },
      { name: "z together", value: z, limit: null },
    ],
    insight:
      `${side > 0 ? "Ahead of" : "Behind"} what the benchmark explains on ` +
      `${alphas.map(({ timeframe }) => timeframe).join(", ")}, ${formatPercent(slowest.regression.excess)} ` +
      `on ${slowest.timeframe}, z ${formatNumber(z)}`,
    expectedMs: null,
  };
}

function varianceOfSum(alphas: readonly TimeframeAlpha[]): number {
  const lengths = alphas.map(({ timeframe }) => candleMs[timeframe]);
  return lengths
    .flatMap((a) => lengths.map((b) => Math.sqrt(Math.min(a, b) / Math.max(a, b))))
    .reduce((sum, each) => sum + each, 0);
}
