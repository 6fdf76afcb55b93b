import { fingerprintOf, type Priority } from "../../alert";
import type { DecisionContext } from "../context";
import type { MarketFinding, MarketFindingName } from "../../overview/market-finding";
import { eventStandsForMs } from "./strong-signal";

/** A turn of the whole market is worth more than one pair's moment. */
const priorityOf: Readonly<Record<MarketFindingName, Priority>> = {
  "regime-change": "medium",
  "volatility-jump": "medium",
  "volume-spike": "low",
  "exchange-spread": "low",
  basis: "low",
  "funding-extreme": "low",
};

/** What a scanner found in the market meets the gates like any event. */
export function weighFinding(
  context: DecisionContext,
  scanned: string,
  { name, symbol, exchange, message, why }: MarketFinding,
): void {
  const candidate = {
    type: "MARKET",
    kind: "event",
    priority: priorityOf[name],
    rule: name,
    fingerprint: fingerprintOf("MARKET", name, symbol, exchange),
    message,
    source: exchange ?? scanned,
    symbol,
    direction: null,
    expiresAt: context.now + eventStandsForMs,
    subjectSeq: null,
    strength: null,
    details: Object.fromEntries(
      why.flatMap(({ name: fact, value, limit }) => [
        [fact, value] as const,
        ...(limit === null ? [] : [[`${fact} limit`, limit] as const]),
      ]),
    ),
  } as const;
  context.weigh({ candidate, checks: [] });
}
