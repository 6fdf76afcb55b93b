import { z } from "zod";
import {
  alertStates,
  alertTypes,
  endReasons,
  priorities,
  type AlertState,
  type AlertType,
  type EndReason,
  type Priority,
} from "../core/alert";
import { directions, type Direction } from "../core/signal";
import { Aggregates, type AlertKind, type Stretch } from "../store/aggregates";
import { listAlerts } from "../store/alerts";
import type { AlertFilter } from "../store/filters/alerts";
import type { AlertRow } from "../store/rows";
import { idOf, isoOf, subjectIdOf } from "./shape";
import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { text, time } from "./fields";
import { pageOf, type ListOf } from "./page";

export { alertFilter } from "../store/filters/alerts";

export const alertShape = z
  .object({
    id: z.string(),
    kind: z.enum(["event", "state"]),
    state: z.enum(alertStates),
    type: z.enum(alertTypes),
    priority: z.enum(priorities),
    message: z.string(),
    timestamp: time.meta({ description: "when it was raised" }),
    source: text,
    symbol: text,
    direction: z.enum(directions).nullable(),
    rule: z.string(),
    signal_id: text.meta({ description: "the signal or opportunity it is about" }),
    subject_id: text.meta({
      description:
        "what it is about: s12 a signal, o14 an opportunity, m15 a view of the market; null where it is about the desk itself",
    }),
    expires_at: time.nullable(),
    ended_at: time.nullable(),
    end_reason: z
      .enum(endReasons)
      .nullable()
      .meta({
        description:
          "superseded: its source says the opposite now. expired: its time ran out. condition-over: the condition is " +
          "over. not-repeated: its source no longer reports it. gone: its subject is no longer configured, " +
          "or has changed. by-hand: someone resolved it",
      }),
    superseded_by: text,
    acknowledged: z
      .object({
        by: z.string(),
        at: time,
        until: time.meta({ description: "when it is to be looked at again" }),
        note: text,
      })
      .nullable()
      .meta({ description: "who has it; null where no one has" }),
  })
  .meta({ id: "Alert" });
export type AlertShape = z.infer<typeof alertShape>;

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
    acknowledged: acknowledgementOf(row),
  };
}

function acknowledgementOf(row: AlertRow): AlertShape["acknowledged"] {
  const { acknowledgedBy: by, acknowledgedAt: at, acknowledgedUntil: until, acknowledgedNote: note } = row;
  return by === null || at === null || until === null ? null : { by, at: isoOf(at), until: isoOf(until), note };
}

export function alertList(database: Database, filter: AlertFilter, reach: Reach = "far"): ListOf<AlertShape> {
  return pageOf(listAlerts(database, filter, reach), shapeAlert);
}

/** What the desk itself found wrong and still holds, newest first: SYSTEM alerts that are a state. */
export function openSystemAlerts(database: Database): string[] {
  return firing(database, { type: "SYSTEM" });
}

/** What every alert says that is a state and has not ended, newest first. */
export function firingAlerts(database: Database): string[] {
  return firing(database, {});
}

const statesAlone = [{ name: "kind", op: "=", value: "state" }] as const satisfies AlertFilter["match"];

function firing(database: Database, narrowed: { readonly type?: "SYSTEM" }): string[] {
  const standing = (["open", "acknowledged"] as const).flatMap(
    (state) => listAlerts(database, { ...narrowed, state, match: statesAlone, limit: 100 }).items,
  );
  return standing.toSorted((a, b) => b.seq - a.seq).map(({ message }) => message);
}

/** Alerts of one fingerprint together: the newest of them, and how many there were. */
export const alertGroupsShape = z
  .object({
    since: z.iso.datetime(),
    counts: z
      .object({ low: z.number().int(), medium: z.number().int(), high: z.number().int() })
      .meta({ description: "alerts raised since, by priority" }),
    items: z.array(z.object({ alert: alertShape, count: z.number().int(), first_at: z.iso.datetime() })),
  })
  .meta({ id: "AlertGroups" });
export type AlertGroups = z.infer<typeof alertGroupsShape>;

export function alertGroups(
  database: Database,
  { limit, ...stretch }: Stretch & AlertKind & { readonly limit: number },
  reach: Reach = "far",
): AlertGroups {
  const aggregates = new Aggregates(database, reach);
  const counts = { low: 0, medium: 0, high: 0 };
  // Counted for every priority, so that one may choose another.
  for (const { priority, count } of aggregates.alertCounts({ ...stretch, priority: undefined }))
    counts[priority] = count;
  return {
    since: isoOf(stretch.since),
    counts,
    items: aggregates
      .alertGroups(stretch, limit)
      .map(({ newest, count, firstAt }) => ({ alert: shapeAlert(newest), count, first_at: isoOf(firstAt) })),
  };
}
