import { z } from "zod";
import { storedJson } from "../store/fault";
import { gates, isGate, verdicts, type Word } from "../core/decide/decision";
import {
  checksOf,
  type AlertFilter,
  type DecisionFilter,
  type DecisionRow,
  type OpportunityFilter,
  type QuarantineFilter,
  type QuarantineRow,
  type Reader,
  type SignalFilter,
} from "../store/reader";
import { describeCheck } from "./check-words";
import { idOf, isoOf, parseId, shapeAlert, shapeOpportunity, shapeSignal, subjectIdOf } from "./shape";
import type { AlertShape, DecisionShape, OpportunityShape, QuarantineShape, SignalShape } from "./shapes";

/** A part of a list, and where it goes on. */
export interface ListOf<T> {
  readonly items: T[];
  readonly next_cursor: string | null;
}

export function listAlerts(reader: Reader, filter: AlertFilter): ListOf<AlertShape> {
  const { items, nextCursor } = reader.listAlerts(filter);
  return { items: items.map(shapeAlert), next_cursor: nextCursor };
}

/** What the desk itself found wrong and still holds, newest first: SYSTEM alerts that are a state. */
export function openSystemAlerts(reader: Reader): string[] {
  const open = reader.listAlerts({ type: "SYSTEM", state: "open", limit: 100 }).items;
  return open.filter(({ kind }) => kind === "state").map(({ message }) => message);
}

export function listSignals(reader: Reader, filter: SignalFilter): ListOf<SignalShape> {
  const { items, nextCursor } = reader.listSignals(filter);
  return { items: items.map(shapeSignal), next_cursor: nextCursor };
}

export function listOpportunities(reader: Reader, filter: OpportunityFilter): ListOf<OpportunityShape> {
  const { items, nextCursor } = reader.listOpportunities(filter);
  return { items: items.map(shapeOpportunity), next_cursor: nextCursor };
}

export function listDecisions(reader: Reader, filter: DecisionFilter): ListOf<DecisionShape> {
  const { items, nextCursor } = reader.listDecisions(filter);
  return { items: items.map(shapeDecision), next_cursor: nextCursor };
}

/** Which decisions a "missed while away" alert sums up; null where this is no such alert. */
export function missedBy(reader: Reader, alertId: string): NonNullable<DecisionFilter["missed"]> | null {
  const id = parseId(alertId);
  const alert = id?.letter === "a" ? reader.alert(id.seq) : undefined;
  const read = alert?.rule === "missed-while-away" ? missedDetails.safeParse(storedJson(alert.details)) : undefined;
  // Those of an earlier version do not say when it was read.
  if (!alert?.source || !read?.success) return null;
  return { source: alert.source, since: Date.parse(read.data.readSince), until: Date.parse(read.data.readUntil) };
}

const missedDetails = z.object({ readSince: z.iso.datetime(), readUntil: z.iso.datetime() });

export function pageOfQuarantine(reader: Reader, filter: QuarantineFilter): ListOf<QuarantineShape> {
  const { items, nextCursor } = reader.pageOfQuarantine(filter);
  return { items: items.map(shapeQuarantine), next_cursor: nextCursor };
}

export function listQuarantine(reader: Reader): QuarantineShape[] {
  return reader.listQuarantine().map(shapeQuarantine);
}

/** Which words make up an outcome. */
export const wordsOfOutcome: Readonly<Record<DecisionShape["outcome"], readonly Word[]>> = {
  raised: ["raised"],
  held: gates,
  "not-worth": verdicts,
};

export function shapeDecision(row: DecisionRow): DecisionShape {
  const word = row.word as Word;
  const failed = checksOf(row).find((check) => !check.passed);
  return {
    id: idOf("d", row.id),
    outcome: word === "raised" ? "raised" : isGate(word) ? "held" : "not-worth",
    word,
    rule: row.rule,
    subject_id: subjectIdOf(row),
    alert_id: row.alertSeq === null ? null : `a${row.alertSeq}`,
    timestamp: isoOf(row.at),
    source: row.source,
    symbol: row.symbol,
    priority: row.priority as DecisionShape["priority"],
    strength: row.strength,
    note: failed ? describeCheck(failed) : null,
  };
}

function shapeQuarantine(row: QuarantineRow): QuarantineShape {
  return {
    file: row.element === 0 ? row.path : `${row.path}#${row.element}`,
    source: row.source,
    reason: row.reason,
    detail: row.detail,
    first_seen: isoOf(row.firstSeen),
    last_seen: isoOf(row.lastSeen),
    attempts: row.attempts,
  };
}
