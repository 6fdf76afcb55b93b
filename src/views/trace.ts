import { z } from "zod";
import type { Check } from "../core/decide/decision";
import {
  checksOf,
  decisionAt,
  decisionOfAlert,
  decisionsAbout,
  decisionsOn,
  type DecisionRow,
} from "../store/decisions";
import { alertAt, alertsAbout, alertsAt } from "../store/alerts";
import type { Database } from "../store/db";
import { marketAt } from "../store/markets";
import { opportunityAt } from "../store/opportunities";
import { observationAt, originalOf } from "../store/received";
import { neighboursOf, signalAt } from "../store/signals";
import { missedBy, shapeDecision, decisionShape } from "./decisions";
import { actShape, actsAndNotes, noteShape } from "./acts";
import { alertDeliveries, alertDeliveriesShape } from "./deliveries";
import { idOf, isoOf, parseId, type IdLetter } from "./shape";
import { shapeAlert, alertShape } from "./alerts";
import { shapeOpportunity, opportunityShape } from "./opportunities";
import { shapeSignal, signalShape } from "./signals";
import { storedJson } from "../store/fault";

const checkShape = z.object({
  word: z.string(),
  passed: z.boolean(),
  value: z.union([z.number(), z.string()]).nullable(),
  limit: z.union([z.number(), z.string()]).nullable(),
  note: z.string().nullable(),
});

/** What happened to one signal, opportunity or alert, from the file to the alert. */
const traceShape = z
  .object({
    decision: decisionShape,
    checks: z.array(checkShape),
    report: z
      .object({
        correlation_id: z.string().meta({ description: "of the report in the log" }),
        source: z.string(),
        filename: z.string(),
        received_at: z.iso.datetime(),
        modified_at: z.iso.datetime(),
        backlog: z.boolean().meta({ description: "found by a first look, not seen arriving" }),
        known: z.boolean().meta({ description: "the same content had been read before" }),
      })
      .nullable(),
  })
  .meta({ id: "Trace" });
export type TraceShape = z.infer<typeof traceShape>;

export const signalDetailShape = signalShape
  .extend({
    /** Everything the report says, as it is known now. */
    known: z.record(z.string(), z.unknown()),
    raw: z
      .object({ filename: z.string(), size: z.number(), digest: z.string(), text: z.string().nullable() })
      .nullable(),
    trace: z.array(traceShape),
    alerts: z.array(alertShape),
    /** Of the same symbol, nearest first. */
    neighbours: z.object({ before: z.array(signalShape), after: z.array(signalShape) }),
  })
  .meta({ id: "SignalDetail" });
export type SignalDetail = z.infer<typeof signalDetailShape>;

export const alertDetailShape = alertShape
  .extend({
    details: z.record(z.string(), z.unknown()),
    summed_up: z
      .string()
      .nullable()
      .meta({ description: "where what it sums up is listed, item by item: a path and query of this API" }),
    trace: z.array(traceShape),
    signal: signalShape.nullable(),
    opportunity: opportunityShape.nullable(),
    deliveries: alertDeliveriesShape,
    acts: z.array(actShape).meta({ description: "all that people did with it, oldest first" }),
    notes: z.array(noteShape).meta({ description: "what they wrote, oldest first" }),
  })
  .meta({ id: "AlertDetail" });
export type AlertDetail = z.infer<typeof alertDetailShape>;

export const opportunityDetailShape = opportunityShape
  .extend({ known: z.record(z.string(), z.unknown()), trace: z.array(traceShape), alerts: z.array(alertShape) })
  .meta({ id: "OpportunityDetail" });
export type OpportunityDetail = z.infer<typeof opportunityDetailShape>;

/** A view of the market, or all that was received at once: a report, a scan, a measurement, a moment of time. */
export const receivedDetailShape = z
  .object({
    id: z.string(),
    kind: z.string().meta({ description: "market, or of what kind the observation is" }),
    source: z.string().nullable(),
    received_at: z.iso.datetime(),
    known: z.record(z.string(), z.unknown()),
    trace: z.array(traceShape),
    alerts: z.array(alertShape),
  })
  .meta({ id: "ReceivedDetail" });
export type ReceivedDetail = z.infer<typeof receivedDetailShape>;

export const decisionDetailShape = decisionShape
  .extend({ trace: z.array(traceShape), alerts: z.array(alertShape) })
  .meta({ id: "DecisionDetail" });
export type DecisionDetail = z.infer<typeof decisionDetailShape>;

const neighboursEach = 3;

export function signalDetail(database: Database, id: string): z.infer<typeof signalDetailShape> | null {
  const seq = seqOf(id, "s");
  const row = seq === null ? undefined : signalAt(database, seq);
  if (!row) return null;
  const decisions = decisionsAbout(database, { kind: "signal", seq: row.seq });
  const first = decisions[0]?.observationSeq;
  const { before, after } = neighboursOf(database, row, neighboursEach);
  return {
    ...shapeSignal(row),
    known: known(storedJson(row.body) as Record<string, unknown>),
    raw: first === undefined ? null : original(database, first),
    trace: decisions.map((decision) => traceOf(database, decision)),
    alerts: alertsAbout(database, row.seq).map(shapeAlert),
    neighbours: { before: before.map(shapeSignal), after: after.map(shapeSignal) },
  };
}

export function alertDetail(database: Database, id: string): z.infer<typeof alertDetailShape> | null {
  const seq = seqOf(id, "a");
  const row = seq === null ? undefined : alertAt(database, seq);
  if (!row) return null;
  const decision = decisionOfAlert(database, row.seq, row.subjectSeq ?? row.observationSeq);
  const about =
    row.subjectSeq === null || row.subjectKind !== "signal" ? undefined : signalAt(database, row.subjectSeq);
  const opportunity =
    row.subjectSeq === null || row.subjectKind !== "opportunity" ? undefined : opportunityAt(database, row.subjectSeq);
  return {
    ...shapeAlert(row),
    details: storedJson(row.details) as Record<string, unknown>,
    summed_up: missedBy(database, id) === null ? null : `/api/decisions?missed=${id}`,
    trace: decision ? [traceOf(database, decision)] : [],
    signal: about ? shapeSignal(about) : null,
    opportunity: opportunity ? shapeOpportunity(opportunity) : null,
    deliveries: alertDeliveries(database, row.seq),
    ...actsAndNotes(database, row.seq),
  };
}

export function opportunityDetail(database: Database, id: string): z.infer<typeof opportunityDetailShape> | null {
  const seq = seqOf(id, "o");
  const row = seq === null ? undefined : opportunityAt(database, seq);
  if (!row) return null;
  return {
    ...shapeOpportunity(row),
    known: known(storedJson(row.body) as Record<string, unknown>),
    trace: decisionsAbout(database, { kind: "opportunity", seq: row.seq }).map((decision) =>
      traceOf(database, decision),
    ),
    alerts: alertsAbout(database, row.seq).map(shapeAlert),
  };
}

/** Of r16 all that was received at once, of m15 one view of the market. */
export function receivedDetail(database: Database, id: string): ReceivedDetail | null {
  const market = seqOf(id, "m");
  if (market !== null) return marketDetail(database, market);
  const seq = seqOf(id, "r");
  const row = seq === null ? undefined : observationAt(database, seq);
  if (!row) return null;
  return {
    id,
    kind: row.kind,
    source: row.source,
    received_at: isoOf(row.receivedAt),
    known: known(storedJson(row.body) as Record<string, unknown>),
    ...decided(database, decisionsOn(database, row)),
  };
}

function marketDetail(database: Database, seq: number): ReceivedDetail | null {
  const row = marketAt(database, seq);
  if (!row) return null;
  const { source, receivedAt, body } = row;
  return {
    id: idOf("m", seq),
    kind: "market",
    source,
    received_at: isoOf(receivedAt),
    known: known(storedJson(body) as Record<string, unknown>),
    ...decided(database, decisionsAbout(database, { kind: "market", seq })),
  };
}

export function decisionDetail(database: Database, id: string): DecisionDetail | null {
  const number = seqOf(id, "d");
  const row = number === null ? undefined : decisionAt(database, number);
  return row ? { ...shapeDecision(row), ...decided(database, [row]) } : null;
}

function decided(database: Database, decisions: readonly DecisionRow[]): Pick<ReceivedDetail, "trace" | "alerts"> {
  return {
    trace: decisions.map((decision) => traceOf(database, decision)),
    alerts: alertsAt(
      database,
      decisions.flatMap(({ alertSeq }) => alertSeq ?? []),
    ).map(shapeAlert),
  };
}

function traceOf(database: Database, decision: DecisionRow): TraceShape {
  const checks: Check[] = checksOf(decision);
  return { decision: shapeDecision(decision), checks, report: reportOf(database, decision.observationSeq) };
}

const reportBody = z.object({
  source: z.string(),
  file: z.string(),
  modifiedAt: z.number(),
  backlog: z.boolean(),
  known: z.boolean(),
});

function reportOf(database: Database, observationSeq: number): TraceShape["report"] {
  const observation = observationAt(database, observationSeq);
  if (observation?.kind !== "report") return null;
  const { source, file, modifiedAt, backlog, known: readBefore } = storedJson(observation.body, reportBody);
  return {
    correlation_id: correlationId(observationSeq),
    source,
    filename: file,
    received_at: isoOf(observation.receivedAt),
    modified_at: isoOf(modifiedAt),
    backlog,
    known: readBefore,
  };
}

/** What the log calls the report of this observation. */
export function correlationId(observationSeq: number): string {
  return `r${observationSeq}`;
}

function original(database: Database, observationSeq: number): z.infer<typeof signalDetailShape>["raw"] {
  const found = originalOf(database, observationSeq);
  return found ? { filename: found.path, size: found.size, digest: found.digest, text: found.text } : null;
}

/** As it is kept, with times as everywhere: ISO 8601. */
function known(kept: Record<string, unknown>): Record<string, unknown> {
  const times = ["observedAt", "expiresAt", "modifiedAt"].flatMap((name) =>
    typeof kept[name] === "number" ? [[name, isoOf(kept[name])]] : [],
  );
  return { ...kept, ...Object.fromEntries(times) };
}

function seqOf(id: string, letter: IdLetter): number | null {
  const parsed = parseId(id);
  return parsed?.letter === letter ? parsed.seq : null;
}
