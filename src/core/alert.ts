import type { Direction } from "./signal";
import type { SubjectKind } from "./subject";

/** What deserves attention. Numbers and text may differ between two alerts of one fingerprint. */
export interface Alert {
  readonly seq: number;
  readonly type: AlertType;
  /** event: happened once and expires. state: fires and resolves. */
  readonly kind: "event" | "state";
  readonly priority: Priority;
  readonly rule: string;
  readonly fingerprint: string;
  readonly message: string;
  readonly source: string | null;
  readonly symbol: string | null;
  readonly direction: Direction | null;
  readonly raisedAt: number;
  /** Null for state alerts: they stand until they resolve. */
  readonly expiresAt: number | null;
  /** Seq of the signal, opportunity or market view it is about; null where it is about none of them. */
  readonly subjectSeq: number | null;
  /** Which of them; null where there is none. */
  readonly subjectKind: SubjectKind | null;
  /** The numbers and texts the rule adds; for the trace and the page. */
  readonly details: Readonly<Record<string, string | number | boolean | null>>;
}

export type AlertType = "SIGNAL" | "ALPHA" | "SYSTEM" | "MARKET";
export const alertTypes = ["SIGNAL", "ALPHA", "SYSTEM", "MARKET"] as const satisfies readonly AlertType[];

export type AlertState = "open" | "acknowledged" | "resolved" | "expired";
export const alertStates = ["open", "acknowledged", "resolved", "expired"] as const satisfies readonly AlertState[];

export type Priority = "low" | "medium" | "high";
/** From the least to the most urgent. */
export const priorities = ["low", "medium", "high"] as const satisfies readonly Priority[];

/** Positive where a is more urgent than b. */
export function comparePriority(a: Priority, b: Priority): number {
  return priorities.indexOf(a) - priorities.indexOf(b);
}

/** The band a strength, or a confidence in percent, falls into. */
export function priorityOf(
  strength: number | null,
  bands: { readonly medium: number; readonly high: number },
): Priority {
  if (strength === null) return "low";
  if (strength >= bands.high) return "high";
  return strength >= bands.medium ? "medium" : "low";
}

/** An alert that stood and no longer does, or no longer as it did. */
export interface AlertChange {
  readonly seq: number;
  readonly state: "resolved" | "expired";
  readonly at: number;
  /** Seq of the alert that took its place, for a reversal. */
  readonly supersededBy: number | null;
  readonly reason: EndReason;
}

/**
 * What ends an alert. superseded: its source says the opposite now. expired: its time was over. condition-over: what it said
 * is so no longer. not-repeated: its sender repeats it no more. gone: what it was about is no longer configured, or no longer as it was.
 * by-hand: someone resolved it.
 */
export const endReasons = ["superseded", "expired", "condition-over", "not-repeated", "gone", "by-hand"] as const;
export type EndReason = (typeof endReasons)[number];

/** Identity of an alert: its labels, never its numbers or its text. */
export function fingerprintOf(...labels: readonly (string | null)[]): string {
  return JSON.stringify(labels);
}
