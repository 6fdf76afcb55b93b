import { formatNumber } from "../text";
import type { MarketFinding } from "./market-finding";
import { deviationOf, finite, meanOf } from "./statistics";

/** Turnover of one hour, and of the same hour of the day on earlier days, in quote currency. */
export interface HourTurnover {
  readonly symbol: string | null;
  readonly exchange: string | null;
  readonly turnover: number;
  readonly sameHourBefore: readonly number[];
  readonly observedAt: number;
}

export interface VolumeSpikeLimits {
  /** Standard deviations above the mean, both of logarithms. */
  readonly z: number;
  /** Times the usual: a very regular hour makes a large z of little. */
  readonly ratio: number;
  /** Earlier days needed. */
  readonly days: number;
}

export const volumeSpikeLimits: VolumeSpikeLimits = { z: 4, ratio: 2, days: 7 };

/**
 * More turnover than this hour of the day is used to. Turnover is skewed, so its logarithm is measured, and the z allows
 * for a mean and a deviation that are themselves estimated from few days.
 */
export function volumeSpike(hour: HourTurnover, limits: VolumeSpikeLimits = volumeSpikeLimits): MarketFinding | null {
  const before = hour.sameHourBefore.filter((turnover) => turnover > 0).map(Math.log);
  const deviation = deviationOf(before);
  if (before.length < limits.days || deviation === null || deviation <= 0 || hour.turnover <= 0) return null;
  const above = Math.log(hour.turnover) - meanOf(before);
  const z = above / (deviation * Math.sqrt(1 + 1 / before.length));
  const ratio = finite(Math.exp(above));
  if (ratio === null || z < limits.z || ratio < limits.ratio) return null;
  return {
    name: "volume-spike",
    symbol: hour.symbol,
    exchange: hour.exchange,
    message: `${hour.symbol ?? "The market"} turned over ${formatNumber(ratio)} times what this hour usually does`,
    observedAt: hour.observedAt,
    why: [
      { name: "turnover", value: hour.turnover, limit: null },
      { name: "times the usual", value: ratio, limit: limits.ratio },
      { name: "z", value: z, limit: limits.z },
      { name: "days compared", value: before.length, limit: limits.days },
    ],
  };
}
