import { fingerprintOf, type Priority } from "../../alert";
import type { Candidate } from "../candidate";

/** An alert about the machinery itself. subject: the source or rule it is about. */
export interface SystemAlert {
  readonly rule: string;
  readonly subject: string;
  readonly kind: "event" | "state";
  readonly priority: Priority;
  readonly message: string;
  /** The source it belongs to; null where it is about something else. */
  readonly source: string | null;
  readonly expiresAt: number | null;
  readonly details: Candidate["details"];
}

export function systemAlert(alert: SystemAlert): Candidate {
  const { subject, ...rest } = alert;
  return {
    ...rest,
    type: "SYSTEM",
    fingerprint: systemFingerprint(alert.rule, subject),
    symbol: null,
    direction: null,
    subjectSeq: null,
    strength: null,
  };
}

export function systemFingerprint(rule: string, subject: string): string {
  return fingerprintOf("SYSTEM", rule, subject);
}
