import type { Alert } from "../../src/core/alert";
import { alertRow, type AlertRow } from "../../src/store/rows";

/** The row of a state alert about the machinery that stands. */
export function systemAlertRow(
  seq: number,
  raisedAt: number,
  { rule, message }: Pick<Alert, "rule" | "message">,
): AlertRow {
  return alertRow(
    {
      seq,
      type: "SYSTEM",
      kind: "state",
      priority: "high",
      rule,
      fingerprint: `${rule}-${seq}`,
      message,
      source: null,
      symbol: null,
      direction: null,
      raisedAt,
      expiresAt: null,
      subjectSeq: null,
      subjectKind: null,
      details: {},
    },
    seq,
  );
}
