import type { Target } from "../../core/signal";
import { percentageOf, priceOf } from "./number";
import { labelMax, textOf } from "./text";
import { isList, isObject, own, type JsonValue } from "./value";

export const targetsMax = 20;

/** Targets from a list `[{price, size, name}]` or a dict `{"Target 1": {price, size}}`; those without a price are left out. */
export function targetsOf(value: JsonValue): readonly Target[] | null {
  if (isList(value)) return value.slice(0, targetsMax).flatMap((target) => targetOf(target, null) ?? []);
  if (!isObject(value)) return null;
  return Object.keys(value)
    .slice(0, targetsMax)
    .flatMap((name) => targetOf(own(value, name), textOf(name, labelMax)) ?? []);
}

/** A take profit is one price, or as many as there are targets. */
export function takeProfitsOf(value: JsonValue): readonly Target[] | null {
  const target = targetOf(value, null);
  return target === null ? targetsIn(value) : [target];
}

function targetsIn(value: JsonValue): readonly Target[] | null {
  const targets = targetsOf(value);
  return targets === null || targets.length === 0 ? null : targets;
}

function targetOf(value: JsonValue | undefined, name: string | null): Target | null {
  if (!isObject(value)) {
    const price = priceOf(value);
    return price === null ? null : { name, price, size: null };
  }
  const price = priceOf(own(value, "price"));
  if (price === null) return null;
  return { name: textOf(own(value, "name"), labelMax) ?? name, price, size: percentageOf(own(value, "size")) };
}
