import { comparePriority, type Alert } from "../alert";
import type { Check, Gate, Verdict } from "./decision";

/** An alert a rule would raise, before the gates. */
export type Candidate = Omit<Alert, "seq" | "raisedAt" | "subjectKind"> & { readonly strength: number | null };

/** What a rule says of one item: the checks it made, and the alert that is due where all passed. */
export interface Judgement {
  readonly candidate: Candidate;
  readonly checks: readonly Check[];
  /** True where only its lateness, after a time of not watching, kept it from being raised. */
  readonly missed?: boolean;
}

/** The first check that fails gives the word. */
export function firstFailing(checks: readonly Check[]): Check["word"] | null {
  return checks.find((check) => !check.passed)?.word ?? null;
}

export function check(
  word: Verdict | Gate,
  passed: boolean,
  value: Check["value"] = null,
  limit: Check["limit"] = null,
  note: string | null = null,
): Check {
  return { word, passed, value, limit, note };
}

/** More deserving first: priority, then strength; the order of arrival settles the rest. */
export function compareMerit(a: Merit, b: Merit): number {
  return comparePriority(b.priority, a.priority) || (b.strength ?? -1) - (a.strength ?? -1);
}

type Merit = Pick<Candidate, "priority" | "strength">;
