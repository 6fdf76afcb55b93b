import { eq, inArray } from "drizzle-orm";
import type { ActTarget } from "../core/act";
import { comparePriority, priorities, type Priority } from "../core/alert";
import type { Database } from "./db";
import type { AlertFilter } from "./filters/alerts";
import { newestFirst } from "./look";
import { paged, type Rows } from "./paging";
import type { Reach } from "./reach";
import type { AlertRow } from "./rows";
import { alerts } from "./schema";
import { unindexed } from "./unindexed";

/** Newest first. */
export function listAlerts(database: Database, filter: AlertFilter, reach: Reach = "far"): Rows<AlertRow> {
  const wanted = prioritiesOf(filter);
  const look = {
    table: alerts,
    page: filter,
    seq: alerts.seq,
    time: alerts.raisedAt,
    indexed: [
      [alerts.symbol, filter.symbol],
      [alerts.source, filter.source],
      [alerts.state, filter.state],
      [alerts.type, filter.type],
      [alerts.priority, wanted?.length === 1 ? wanted[0] : undefined],
    ] as const,
    others: [wanted && wanted.length !== 1 ? inArray(unindexed(alerts.priority), wanted) : undefined],
    q: filter.q,
    about: alerts.seq,
  };
  const rows = newestFirst<AlertRow>(database, look, reach);
  return paged(rows, filter.limit, (row) => ({ at: row.raisedAt, seq: row.seq }));
}

/** Those that are of the one and at least the other; undefined: any. */
function prioritiesOf({ priority, min_priority: min }: AlertFilter): Priority[] | undefined {
  if (priority === undefined && min === undefined) return undefined;
  const isUrgent = (each: Priority) => min === undefined || comparePriority(each, min) >= 0;
  return priorities.filter((each) => (priority === undefined || each === priority) && isUrgent(each));
}

export function alertAt(database: Database, seq: number): AlertRow | undefined {
  return database.db.select().from(alerts).where(eq(alerts.seq, seq)).get();
}

export function alertsAbout(database: Database, subjectSeq: number): AlertRow[] {
  return database.db.select().from(alerts).where(eq(alerts.subjectSeq, subjectSeq)).orderBy(alerts.seq).all();
}

export function alertsAt(database: Database, seqs: readonly number[]): AlertRow[] {
  return seqs.length === 0
    ? []
    : database.db
        .select()
        .from(alerts)
        .where(inArray(alerts.seq, [...seqs]))
        .orderBy(alerts.seq)
        .all();
}

/** What an act has to know of an alert to find it. */
export function targetOf({ seq, kind, type, source, symbol, fingerprint, priority, direction }: AlertRow): ActTarget {
  return {
    seq,
    kind: kind as ActTarget["kind"],
    type: type as ActTarget["type"],
    source,
    symbol,
    fingerprint,
    priority: priority as ActTarget["priority"],
    direction: direction as ActTarget["direction"],
  };
}
