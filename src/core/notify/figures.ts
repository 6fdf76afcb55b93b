import type { TradePlan } from "../signal";

/** What of a signal a message names beside its alert's own words, part by part. */
export function figuresOf(price: number | null, plan: TradePlan | null): string[] {
  const targets = plan?.targets.map((target) => formatPrice(target.price)) ?? [];
  const named: readonly (readonly [string, string | null])[] = [
    ["price", formatPrice(price)],
    ["entry", formatPrice(plan?.entry ?? null)],
    ["stop", formatPrice(plan?.stop ?? null)],
    [targets.length === 1 ? "target" : "targets", targets.length === 0 ? null : targets.join(" / ")],
  ];
  return named.flatMap(([name, value]) => (value === null ? [] : [`${name} ${value}`]));
}

const format = new Intl.NumberFormat("en", { maximumSignificantDigits: 8, useGrouping: false });

function formatPrice(price: number): string;
function formatPrice(price: number | null): string | null;
function formatPrice(price: number | null): string | null {
  return price === null ? null : format.format(price);
}
