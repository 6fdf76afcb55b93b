import type { AlertType, AlertState, EndReason, Priority } from "../core/alert";
import type { Word } from "../core/decide/decision";
import type { SubjectKind } from "../core/subject";
import type { MarketView } from "../core/market";
import type { RiskLevel } from "../core/opportunity";
import type { Direction } from "../core/signal";
import type { AlertRow, MarketRow, OpportunityRow, SignalRow } from "../store/rows";
import type { AlertShape, MarketShape, OpportunityShape, SignalShape } from "./shapes";
import { storedJson } from "../store/fault";

/** Rows of the store as callers are shown them. Closed words in a row were written from their own types. */

export function shapeSignal(row: SignalRow): SignalShape {
  return {
    id: idOf("s", row.seq),
    symbol: row.symbol,
    signal: row.word,
    direction: row.direction as Direction,
    score: row.score,
    strength: row.strength,
    reliability: percentOf(row.reliability),
    price: row.price,
    timestamp: isoOf(row.observedAt),
    received_at: isoOf(row.receivedAt),
    source: row.source,
    strategy: row.strategy,
    timeframe: row.timeframe,
    exchange: row.exchange,
    filename: row.path,
    decision: row.decision as Word,
    undated: row.datedBy === "mtime",
    revisions: row.revisions,
  };
}

export function shapeAlert(row: AlertRow): AlertShape {
  return {
    id: idOf("a", row.seq),
    kind: row.kind as "event" | "state",
    state: row.state as AlertState,
    type: row.type as AlertType,
    priority: row.priority as Priority,
    message: row.message,
    timestamp: isoOf(row.raisedAt),
    source: row.source,
    symbol: row.symbol,
    direction: row.direction as Direction | null,
    rule: row.rule,
    signal_id: row.subjectKind === "signal" || row.subjectKind === "opportunity" ? subjectIdOf(row) : null,
    subject_id: subjectIdOf(row),
    expires_at: row.expiresAt === null ? null : isoOf(row.expiresAt),
    ended_at: row.endedAt === null ? null : isoOf(row.endedAt),
    end_reason: row.endReason as EndReason | null,
    superseded_by: row.supersededBy === null ? null : idOf("a", row.supersededBy),
  };
}

export function shapeOpportunity(row: OpportunityRow): OpportunityShape {
  return {
    id: idOf("o", row.seq),
    symbol: row.symbol,
    pattern: row.pattern,
    confidence: row.confidence,
    alpha_potential: row.alphaPotential,
    risk_level: row.riskLevel as RiskLevel | null,
    timestamp: isoOf(row.observedAt),
    received_at: isoOf(row.receivedAt),
    source: row.source,
    decision: row.decision as Word,
  };
}

const outliersShown = 5;

export function shapeMarket(row: MarketRow): MarketShape {
  const view = storedJson(row.body) as MarketView;
  return {
    active_pairs: view.activePairs,
    avg_volume: view.averageVolume,
    total_volume: view.totalVolume,
    market_cap: view.marketCap,
    volatility: view.dispersion,
    realised_volatility: view.realisedVolatility,
    average_change: view.averageChange,
    robust_change: view.robustChange ?? null,
    outliers: (view.outliers ?? []).slice(0, outliersShown),
    advancers: view.advancers,
    decliners: view.decliners,
    open_interest: view.openInterest,
    regime: view.regime,
    last_updated: isoOf(row.observedAt),
    source: row.source,
  };
}

/** No source has told of the market yet. */
export const unknownMarket: MarketShape = {
  active_pairs: null,
  avg_volume: null,
  total_volume: null,
  market_cap: null,
  volatility: null,
  realised_volatility: null,
  average_change: null,
  robust_change: null,
  outliers: [],
  advancers: null,
  decliners: null,
  open_interest: null,
  regime: null,
  last_updated: null,
  source: null,
};

export type IdLetter = "s" | "a" | "o" | "m" | "r" | "d";

/** s12 is a signal, a13 an alert, o14 an opportunity, m15 a view of the market, r16 what was received at once, d17 a decision. */
export function idOf(letter: IdLetter, seq: number): string {
  return `${letter}${seq}`;
}

const letterOf: Readonly<Record<SubjectKind, IdLetter>> = {
  signal: "s",
  opportunity: "o",
  market: "m",
  observation: "r",
};

/** The id of what an alert or a decision is about; null where it is about nothing, or that cannot be told. */
export function subjectIdOf({ subjectKind, subjectSeq }: Pick<AlertRow, "subjectKind" | "subjectSeq">): string | null {
  return subjectKind === null || subjectSeq === null ? null : idOf(letterOf[subjectKind as SubjectKind], subjectSeq);
}

/** Null where it is no id of ours. */
export function parseId(id: string): { readonly letter: IdLetter; readonly seq: number } | null {
  const match = /^([saomrd])(\d{1,15})$/.exec(id);
  return match ? { letter: match[1] as IdLetter, seq: Number(match[2]) } : null;
}

export function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}

/** A ratio in percent, without the noise of binary fractions. */
function percentOf(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 1e6) / 1e4;
}
