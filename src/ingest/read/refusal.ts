import type { Refusal } from "../../core/reading";
import type { Dating } from "./dating";
import { ParseError } from "./parse-error";

/** A fault as the refusal of one element, or of the whole report where `element` is null. */
export function refusalOf(error: ParseError, element: number | null, dating: Dating | ParseError | null): Refusal {
  // A file's mtime is not a time the report claims.
  const claimed = dating === null || dating instanceof ParseError || dating.datedBy === "mtime" ? null : dating;
  return {
    reason: error.reason,
    detail: error.detail,
    element,
    observedAt: claimed?.at ?? null,
    zoneAssumed: claimed?.zoneAssumed ?? false,
  };
}
