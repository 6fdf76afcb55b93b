import { dayMs } from "../../duration";
import { fingerprintOf } from "../../alert";
import type { Candidate } from "../candidate";
import type { CapWindow, StateOverlay } from "../state";
import { formatCount } from "../../text";

/** Ends the cap windows whose time is over; each that overflowed owes one summary. */
export function closeCapWindows(state: StateOverlay, now: number): Candidate[] {
  const summaries: Candidate[] = [];
  for (const [key, window] of state.entries("cap")) {
    if (now < window.endsAt) continue;
    state.set("cap", key, null);
    if (window.overflow > 0 && window.strongest) summaries.push(summaryOf(window, window.strongest, now));
  }
  return summaries;
}

function summaryOf(window: CapWindow, strongest: NonNullable<CapWindow["strongest"]>, now: number): Candidate {
  return {
    type: "SYSTEM",
    kind: "event",
    priority: strongest.priority,
    rule: "cap-overflow",
    fingerprint: fingerprintOf("SYSTEM", "cap-overflow", window.source, String(window.endsAt)),
    message: `${window.source}: ${formatCount(window.overflow, "more alert")} held back by the cap; the strongest: ${strongest.message}`,
    source: window.source,
    symbol: null,
    direction: null,
    expiresAt: now + dayMs,
    subjectSeq: null,
    strength: strongest.strength,
    details: { overflow: window.overflow, strongest: strongest.message, raised: window.raised },
  };
}
