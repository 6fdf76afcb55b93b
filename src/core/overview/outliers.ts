import type { Mover } from "../market";
import { medianOf } from "../median";

export interface OutlierLimits {
  /** Deviations from the median, a deviation estimated by the median distance from it. */
  readonly deviations: number;
  /** Percentage points: where most pairs move alike, a deviation is taken for no less. */
  readonly deviationMin: number;
}

/** Far out, since changes of coins have fat tails: what is left out has moved for reasons of its own. */
const outlierLimits: OutlierLimits = { deviations: 10, deviationMin: 1 };

/** Times the median distance, the standard deviation of a normal distribution. */
const normalScale = 1.4826;

/** Hampel's identifier: changes (percent) that are too far from the median to stand for the market, the farthest first, and the others. */
export function outliersOf(
  movers: readonly Mover[],
  limits: OutlierLimits = outlierLimits,
): { readonly outliers: readonly Mover[]; readonly others: readonly Mover[] } {
  if (movers.length === 0) return { outliers: [], others: [] };
  const median = medianOf(movers.map(({ change }) => change));
  const distance = ({ change }: Mover) => Math.abs(change - median);
  const reach = limits.deviations * Math.max(limits.deviationMin, normalScale * medianOf(movers.map(distance)));
  return {
    outliers: movers.filter((mover) => distance(mover) > reach).toSorted((a, b) => distance(b) - distance(a)),
    others: movers.filter((mover) => distance(mover) <= reach),
  };
}
