import type { Check } from "../../core/decision";
import { sayCheck } from "../../views/lists";
import { plain } from "./plain";
import type { Paint } from "./paint";

/** One line a check: whether it passed, its word, and the numbers compared. */
export function checkLines(checks: readonly (Omit<Check, "word"> & { readonly word: string })[], paint: Paint): string[] {
  const widest = Math.max(0, ...checks.map(({ word }) => word.length));
  return checks.map((check) => {
    const passed = check.passed ? paint("passed", "good") : paint("failed", "bad");
    return `${passed}  ${plain(check.word).padEnd(widest)}  ${plain(sayCheck(check))}`.trimEnd();
  });
}
