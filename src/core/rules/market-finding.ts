import { fingerprintOf } from "../alert";
import type { Docket } from "../docket";
import type { MarketFinding } from "../market";
import { eventStandsForMs } from "./strong-signal";

/** What a scanner found in the market meets the gates like any event. */
export function weighFinding(docket: Docket, finding: MarketFinding): void {
  const { name, symbol, exchange, priority, message, details } = finding;
  const candidate = {
    type: "MARKET",
    kind: "event",
    priority,
    rule: name,
    fingerprint: fingerprintOf("MARKET", name, symbol, exchange),
    message,
    source: exchange,
    symbol,
    direction: null,
    expiresAt: docket.now + eventStandsForMs,
    subjectSeq: null,
    strength: null,
    details,
  } as const;
  docket.weigh({ candidate, checks: [] }, docket.seq);
}
