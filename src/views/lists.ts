import { z } from "zod";
import { gates, isGate, verdicts, words, type Check, type Word } from "../core/decision";
import { priorities } from "../core/alert";
import { checksOf, type AlertFilter, type DecisionFilter, type DecisionRow, type OpportunityFilter, type QuarantineRow, type Reader, type SignalFilter } from "../store/reader";
import { isoOf, shapeAlert, shapeOpportunity, shapeSignal, subjectIdOf } from "./shape";
import type { AlertShape, OpportunityShape, SignalShape } from "./shapes";

/** A part of a list, and where it goes on. */
export interface ListOf<T> {
  readonly items: T[];
  readonly next_cursor: string | null;
}

export const decisionShape = z
  .object({
    id: z.string(),
    outcome: z.enum(["raised", "held", "not-worth"]),
    word: z.enum(words).meta({ description: "raised, or the verdict or gate that stopped it" }),
    rule: z.string(),
    subject_id: z.string().nullable(),
    alert_id: z.string().nullable(),
    timestamp: z.iso.datetime(),
    source: z.string().nullable(),
    symbol: z.string().nullable(),
    priority: z.enum(priorities),
    strength: z.number().nullable(),
    note: z.string().nullable().meta({ description: "the numbers that decided" }),
  })
  .meta({ id: "Decision" });
export type DecisionShape = z.infer<typeof decisionShape>;

export const quarantineShape = z
  .object({
    file: z.string().meta({ description: "relative to its source's folder; file#2 is an element of a file of many" }),
    source: z.string(),
    reason: z.string(),
    detail: z.string(),
    first_seen: z.iso.datetime(),
    last_seen: z.iso.datetime(),
    attempts: z.number().int(),
  })
  .meta({ id: "QuarantinedFile" });
export type QuarantineShape = z.infer<typeof quarantineShape>;

export function listAlerts(reader: Reader, filter: AlertFilter): ListOf<AlertShape> {
  const { items, nextCursor } = reader.listAlerts(filter);
  return { items: items.map(shapeAlert), next_cursor: nextCursor };
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
    id: `d${row.id}`,
    outcome: word === "raised" ? "raised" : isGate(word) ? "held" : "not-worth",
    word,
    rule: row.rule,
    subject_id: row.subjectSeq === row.observationSeq && row.symbol === null ? null : subjectIdOf(row.rule, row.subjectSeq),
    alert_id: row.alertSeq === null ? null : `a${row.alertSeq}`,
    timestamp: isoOf(row.at),
    source: row.source,
    symbol: row.symbol,
    priority: row.priority as DecisionShape["priority"],
    strength: row.strength,
    note: failed ? sayCheck(failed) : null,
  };
}

/** One check in words: the number, what it was held against, and why that matters. */
export function sayCheck({ value, limit, note }: Pick<Check, "value" | "limit" | "note">): string {
  const numbers = value === null ? "" : limit === null ? String(value) : `${value} against ${limit}`;
  return [numbers, note].filter((part) => part !== null && part !== "").join(": ");
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
