import type { Check } from "../../core/decide/decision";
import { describeCheck } from "../../views/check-words";
import { plain } from "./plain";
import type { Paint } from "./paint";

/** One line a check, the one that decided marked: those after it were asked too, for whoever wants to know. */
export function checkLines(
  checks: readonly (Omit<Check, "word"> & { readonly word: string })[],
  paint: Paint,
): string[] {
  const decided = checks.findIndex(({ passed }) => !passed);
  return checks.map((check, index) => {
    const sentence = plain(describeCheck(check));
    if (index === decided) return paint(`> stopped  ${sentence}`, "urgent");
    return check.passed ? `  ${paint("passed", "good")}   ${sentence}` : `  ${paint("failed", "bad")}   ${sentence}`;
  });
}
