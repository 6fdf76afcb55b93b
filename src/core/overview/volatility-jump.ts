import { formatNumber } from "../text";
import type { MarketFinding } from "./market-finding";
import { medianOf } from "../median";
import { deviationOf, finite, meanOf } from "./statistics";

/** Returns of one symbol per candle of one length, as fractions; those before end where the recent ones begin. */
export interface VolatilityHistory {
  readonly symbol: string;
  readonly exchange: string | null;
  readonly recent: readonly number[];
  readonly before: readonly number[];
  readonly observedAt: number;
}

export interface VolatilityJumpLimits {
  /** Standard deviation of the recent returns over that before. */
  readonly ratio: number;
  /** Standard errors by which the mean distance from the median has to exceed the one before. */
  readonly t: number;
  readonly recentReturns: number;
  readonly returnsBefore: number;
}

export const volatilityJumpLimits: VolatilityJumpLimits = { ratio: 2, t: 4, recentReturns: 12, returnsBefore: 96 };

/**
 * Moves have become larger than before. Judged as Brown and Forsythe do, by distances from the median, which one
 * outlier does not decide.
 */
export function volatilityJump(
  history: VolatilityHistory,
  limits: VolatilityJumpLimits = volatilityJumpLimits,
): MarketFinding | null {
  if (history.recent.length < limits.recentReturns || history.before.length < limits.returnsBefore) return null;
  const [deviation, usual] = [deviationOf(history.recent), deviationOf(history.before)];
  if (deviation === null || usual === null || usual <= 0) return null;
  const ratio = finite(deviation / usual);
  const t = welchT(distancesOf(history.recent), distancesOf(history.before));
  if (ratio === null || ratio < limits.ratio || t === null || t < limits.t) return null;
  return {
    name: "volatility-jump",
    symbol: history.symbol,
    exchange: history.exchange,
    message: `${history.symbol} moves ${formatNumber(ratio)} times as much as before`,
    observedAt: history.observedAt,
    why: [
      { name: "deviation per candle %", value: deviation * 100, limit: null },
      { name: "deviation before %", value: usual * 100, limit: null },
      { name: "ratio", value: ratio, limit: limits.ratio },
      { name: "t", value: t, limit: limits.t },
      { name: "n", value: history.recent.length, limit: limits.recentReturns },
    ],
  };
}

function distancesOf(returns: readonly number[]): number[] {
  const median = medianOf(returns);
  return returns.map((each) => Math.abs(each - median));
}

function welchT(a: readonly number[], b: readonly number[]): number | null {
  const error = Math.sqrt((deviationOf(a) ?? 0) ** 2 / a.length + (deviationOf(b) ?? 0) ** 2 / b.length);
  return error > 0 ? finite((meanOf(a) - meanOf(b)) / error) : null;
}
