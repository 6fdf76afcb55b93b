import type { Refusal } from "../../core/reading";
import type { Dating } from "./dating";
import { Fault } from "./fault";

/** A fault as the refusal of one element, or of the whole report where `element` is null. */
export function refusalOf(fault: Fault, element: number | null, dating: Dating | Fault | null): Refusal {
  // A file's mtime is not a time the report claims.
  const claimed = dating === null || dating instanceof Fault || dating.datedBy === "mtime" ? null : dating;
  return {
    reason: fault.reason,
    detail: fault.detail,
    element,
    observedAt: claimed?.at ?? null,
    zoneAssumed: claimed?.zoneAssumed ?? false,
  };
}
