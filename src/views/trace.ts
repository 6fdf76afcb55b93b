import { z } from "zod";
import type { Check } from "../core/decision";
import { checksOf, type DecisionRow, type Reader } from "../store/reader";
import { shapeDecision } from "./lists";
import { isoOf, parseId, shapeAlert, shapeOpportunity, shapeSignal } from "./shape";
import { alertShape, decisionShape, opportunityShape, signalShape } from "./shapes";

const checkShape = z.object({
  word: z.string(),
  passed: z.boolean(),
  value: z.union([z.number(), z.string()]).nullable(),
  limit: z.union([z.number(), z.string()]).nullable(),
  note: z.string().nullable(),
});

/** What happened to one signal, opportunity or alert, from the file to the alert. */
export const traceShape = z
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
    /** Everything the report told, as it is known now. */
    known: z.record(z.string(), z.unknown()),
    raw: z.object({ filename: z.string(), size: z.number(), digest: z.string(), text: z.string().nullable() }).nullable(),
    trace: z.array(traceShape),
    alerts: z.array(alertShape),
    /** Of the same symbol, nearest first. */
    neighbours: z.object({ before: z.array(signalShape), after: z.array(signalShape) }),
  })
  .meta({ id: "SignalDetail" });
export type SignalDetail = z.infer<typeof signalDetailShape>;

export const alertDetailShape = alertShape
  .extend({ details: z.record(z.string(), z.unknown()), trace: z.array(traceShape), signal: signalShape.nullable(), opportunity: opportunityShape.nullable() })
  .meta({ id: "AlertDetail" });
export type AlertDetail = z.infer<typeof alertDetailShape>;

export const opportunityDetailShape = opportunityShape
  .extend({ known: z.record(z.string(), z.unknown()), trace: z.array(traceShape), alerts: z.array(alertShape) })
  .meta({ id: "OpportunityDetail" });

const neighboursEach = 3;

export function signalDetail(reader: Reader, id: string): z.infer<typeof signalDetailShape> | null {
  const seq = seqOf(id, "s");
  const row = seq === null ? undefined : reader.signal(seq);
  if (!row) return null;
  const decisions = reader.decisionsAbout(row.seq);
  const first = decisions[0]?.observationSeq;
  const { before, after } = reader.neighbours(row, neighboursEach);
  return {
    ...shapeSignal(row),
    known: known(JSON.parse(row.body) as Record<string, unknown>),
    raw: first === undefined ? null : original(reader, first),
    trace: decisions.map((decision) => traceOf(reader, decision)),
    alerts: reader.alertsAbout(row.seq).map(shapeAlert),
    neighbours: { before: before.map(shapeSignal), after: after.map(shapeSignal) },
  };
}

export function alertDetail(reader: Reader, id: string): z.infer<typeof alertDetailShape> | null {
  const seq = seqOf(id, "a");
  const row = seq === null ? undefined : reader.alert(seq);
  if (!row) return null;
  const decision = reader.decisionOfAlert(row.seq, row.subjectSeq ?? row.observationSeq);
  const about = row.subjectSeq === null ? undefined : reader.signal(row.subjectSeq);
  const opportunity = row.subjectSeq === null ? undefined : reader.opportunity(row.subjectSeq);
  return {
    ...shapeAlert(row),
    details: JSON.parse(row.details) as Record<string, unknown>,
    trace: decision ? [traceOf(reader, decision)] : [],
    signal: about ? shapeSignal(about) : null,
    opportunity: opportunity ? shapeOpportunity(opportunity) : null,
  };
}

export function opportunityDetail(reader: Reader, id: string): z.infer<typeof opportunityDetailShape> | null {
  const seq = seqOf(id, "o");
  const row = seq === null ? undefined : reader.opportunity(seq);
  if (!row) return null;
  return {
    ...shapeOpportunity(row),
    known: known(JSON.parse(row.body) as Record<string, unknown>),
    trace: reader.decisionsAbout(row.seq).map((decision) => traceOf(reader, decision)),
    alerts: reader.alertsAbout(row.seq).map(shapeAlert),
  };
}

function traceOf(reader: Reader, decision: DecisionRow): TraceShape {
  const checks: Check[] = checksOf(decision);
  return { decision: shapeDecision(decision), checks, report: reportOf(reader, decision.observationSeq) };
}

const reportBody = z.object({ source: z.string(), file: z.string(), modifiedAt: z.number(), backlog: z.boolean(), known: z.boolean() });

function reportOf(reader: Reader, observationSeq: number): TraceShape["report"] {
  const observation = reader.observation(observationSeq);
  if (observation?.kind !== "report") return null;
  const { source, file, modifiedAt, backlog, known: readBefore } = reportBody.parse(JSON.parse(observation.body));
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

function original(reader: Reader, observationSeq: number): z.infer<typeof signalDetailShape>["raw"] {
  const found = reader.original(observationSeq);
  return found ? { filename: found.path, size: found.size, digest: found.digest, text: found.text } : null;
}

/** As it is kept, with times as everywhere: ISO 8601. */
function known(kept: Record<string, unknown>): Record<string, unknown> {
  const times = ["observedAt", "expiresAt"].flatMap((name) => (typeof kept[name] === "number" ? [[name, isoOf(kept[name])]] : []));
  return { ...kept, ...Object.fromEntries(times) };
}

function seqOf(id: string, letter: "s" | "a" | "o"): number | null {
  const parsed = parseId(id);
  return parsed?.letter === letter ? parsed.seq : null;
}
