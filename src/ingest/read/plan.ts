import type { Target, TradePlan } from "../../core/signal";
import { pick, type Entry } from "./entry";
import { priceOf } from "./number";
import { takeProfitsOf, targetsOf, TARGETS_MAX } from "./targets";

/** The trade plan of an entry; null where it gives no part of one. */
export function readPlan(entry: Entry): TradePlan | null {
  const plan: TradePlan = {
    entry: pick(entry, "entry", "a price", priceOf),
    stop: pick(entry, "stop", "a price", priceOf),
    targets: readTargets(entry),
    riskReward: pick(entry, "riskReward", "a ratio over 0", priceOf),
  };
  const isEmpty = plan.entry === null && plan.stop === null && plan.targets.length === 0 && plan.riskReward === null;
  return isEmpty ? null : plan;
}

/** Targets, and a take profit where it is not one of them already. */
function readTargets(entry: Entry): readonly Target[] {
  const targets = pick(entry, "targets", "a list of targets", targetsOf) ?? [];
  const profits = pick(entry, "takeProfit", "a price", takeProfitsOf) ?? [];
  const others = profits.filter((profit) => targets.every((target) => target.price !== profit.price));
  return [...targets, ...others].slice(0, TARGETS_MAX);
}
