import type { Check } from "../decide/decision";
import { formatNumber } from "../text";

/** A check as it is kept with its decision. */
export type KeptCheck = Pick<Check, "passed" | "value" | "limit" | "note"> & { readonly word: string };

/** In one sentence why it was worth an alert: what was measured, against what. Null where nothing was. */
export function whyRaised(checks: readonly KeptCheck[]): string | null {
  const reasons = checks.flatMap(({ passed, value, limit, note }) => {
    const [, name] = /^(\w+) against /.exec(note ?? "") ?? [];
    if (!passed || name === undefined || value === null || limit === null) return [];
    return [`${name} ${textOf(value)} is at ${name === "risk" ? "most" : "least"} ${textOf(limit)}`];
  });
  return reasons.length === 0 ? null : `Raised because ${listed(reasons)}.`;
}

function listed(reasons: readonly string[]): string {
  return reasons.length < 3 ? reasons.join(" and ") : `${reasons.slice(0, -1).join(", ")} and ${reasons.at(-1)}`;
}

/** To one decimal: more says nothing to a person. */
function textOf(value: number | string): string {
  if (typeof value === "string") return value.toLowerCase();
  return Number.isInteger(value) ? String(value) : formatNumber(value);
}
