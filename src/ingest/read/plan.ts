import type { Target, TradePlan } from "../../core/signal";
import { pick, type Entry } from "./entry";
import type { Meaning } from "./keys";
import { isNoNumber, numberOf, priceOf } from "./number";
import { takeProfitsOf, targetsOf, targetsMax } from "./targets";
import type { JsonValue } from "./value";

/** The trade plan of an entry; null where it gives no part of one. */
export function readPlan(entry: Entry): TradePlan | null {
  const plan: TradePlan = {
    entry: pickPrice(entry, "entry"),
    stop: pickPrice(entry, "stop"),
    targets: readTargets(entry),
    riskReward: pickPrice(entry, "riskReward", "a ratio over 0"),
  };
  const isEmpty = plan.entry === null && plan.stop === null && plan.targets.length === 0 && plan.riskReward === null;
  return isEmpty ? null : plan;
}

/** Targets, and a take profit where it is not one of them already. */
function readTargets(entry: Entry): readonly Target[] {
  const targets = pick(entry, "targets", "a list of targets", targetsOf) ?? [];
  const profits = pick(entry, "takeProfit", "a price", noting(entry, takeProfitsOf)) ?? [];
  const others = profits.filter((profit) => targets.every((target) => target.price !== profit.price));
  return [...targets, ...others].slice(0, targetsMax);
}

/** The price under a meaning's keys; null where there is none that can be read. */
export function pickPrice(entry: Entry, meaning: Meaning, wanted = "a price"): number | null {
  return pick(entry, meaning, wanted, noting(entry, priceOf));
}

/** Keeps the text of what cannot be read: a stop of `2%` or `1.234,50` is there, though it is no price for sure. */
function noting<T>(entry: Entry, read: (value: JsonValue) => T | null): (value: JsonValue, key: string) => T | null {
  return (value, key) => {
    const taken = read(value);
    if (taken === null && typeof value === "string" && numberOf(value) === null && !isNoNumber(value))
      entry.unread.push(`${key}: ${value}`);
    return taken;
  };
}
