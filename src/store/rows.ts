import type { Alert } from "../core/alert";
import type { SignalOutcome, Word } from "../core/decide/decision";
import type { MarketView } from "../core/market";
import type { ReportObserved } from "../core/observation";
import type { Opportunity } from "../core/opportunity";
import type { alerts, markets, opportunities, signals } from "./schema";

export type SignalRow = typeof signals.$inferSelect;
export type OpportunityRow = typeof opportunities.$inferSelect;
export type AlertRow = typeof alerts.$inferSelect;
export type MarketRow = typeof markets.$inferSelect;

/** The row of a signal after this outcome; `before` is its row where it was known already. */
export function signalRow(
  report: ReportObserved,
  { seq, relation, signal, word }: SignalOutcome,
  before: SignalRow | undefined,
): SignalRow {
  const twin = before && relation === "twin" ? before : null;
  return {
    seq,
    source: report.source,
    path: before?.path ?? report.file,
    symbol: signal.symbol,
    direction: signal.direction,
    word: signal.word,
    score: signal.score,
    strength: signal.strength,
    reliability: signal.reliability,
    price: signal.price,
    exchange: signal.exchange,
    strategy: signal.strategy,
    timeframe: signal.timeframe,
    observedAt: signal.observedAt,
    datedBy: signal.datedBy,
    receivedAt: before?.receivedAt ?? report.receivedAt,
    // A revision that may not alert again stays what its first version was where that was raised.
    decision: twin || (before?.decision === "raised" && word === "duplicate") ? (before?.decision ?? word) : word,
    revisions: (before?.revisions ?? 0) + (relation === "revision" ? 1 : 0),
    twins: (before?.twins ?? 0) + (relation === "twin" ? 1 : 0),
    body: JSON.stringify(signal),
  };
}

export function opportunityRow(
  { source, receivedAt }: Origin,
  opportunity: Opportunity,
  seq: number,
  decision: Word,
): OpportunityRow {
  const { symbol, pattern, confidence, alphaPotential, riskLevel, observedAt } = opportunity;
  return {
    seq,
    source,
    symbol,
    pattern,
    confidence,
    alphaPotential,
    riskLevel,
    observedAt,
    receivedAt,
    decision,
    body: JSON.stringify(opportunity),
  };
}

export function marketRow({ source, receivedAt }: Origin, market: MarketView, seq: number): MarketRow {
  return { seq, source, observedAt: market.observedAt, receivedAt, body: JSON.stringify(market) };
}

/** Where and when something was observed, whether by a report or by a scan. */
type Origin = Pick<ReportObserved, "source" | "receivedAt">;

export const notAcknowledged = {
  acknowledgedBy: null,
  acknowledgedAt: null,
  acknowledgedUntil: null,
  acknowledgedNote: null,
};

export function alertRow(alert: Alert, observationSeq: number): AlertRow {
  const { details, ...rest } = alert;
  return {
    ...rest,
    observationSeq,
    state: "open",
    endedAt: null,
    supersededBy: null,
    endReason: null,
    ...notAcknowledged,
    details: JSON.stringify(details),
  };
}
