import { and, desc, eq, gte, inArray, isNotNull, lt } from "drizzle-orm";
import type { ActTarget } from "../core/act";
import { comparePriority, priorities, type Priority } from "../core/alert";
import { matches, type Matched } from "../core/matcher";
import type { DeliveryState } from "../core/notify/delivery";
import type { Database } from "./db";
import type { AlertFilter } from "./filters/alerts";
import { storedJson } from "./fault";
import { ordered } from "./ordered";
import { newestMatching } from "./matching";
import { paged, type Rows } from "./paging";
import { rankIn, rankOf } from "./priority-rank";
import type { Reach } from "./reach";
import type { AlertRow } from "./rows";
import { alerts, deliveries } from "./schema";
import { unindexed } from "./unindexed";

const places = { priority: { in: rankIn(alerts.priority), of: (row: AlertRow) => rankOf(row.priority) } };

/** Newest first, or as asked; what matchers say is read newest first. */
export function listAlerts(database: Database, filter: AlertFilter, reach: Reach = "far"): Rows<AlertRow> {
  const wanted = prioritiesOf(filter);
  const look = {
    table: alerts,
    page: filter,
    seq: alerts.seq,
    time: alerts.raisedAt,
    indexed: [
      [alerts.symbol, filter.symbol ?? equalTo("symbol", filter)],
      [alerts.source, filter.source ?? equalTo("source", filter)],
      [alerts.state, filter.state],
      [alerts.type, filter.type],
      [alerts.priority, wanted?.length === 1 ? wanted[0] : undefined],
    ] as const,
    others: [
      wanted && wanted.length !== 1 ? inArray(unindexed(alerts.priority), wanted) : undefined,
      filter.delivery === undefined ? undefined : inArray(alerts.seq, alertsWithDelivery(database, filter.delivery)),
    ],
    q: filter.q,
    about: alerts.seq,
  };
  const { match, by, order } = filter;
  if (match === undefined)
    return ordered<AlertRow, keyof typeof places>(
      database,
      look,
      { by, order, places, seqOf: ({ seq }: AlertRow) => seq },
      reach,
    );
  const matching = (all: readonly AlertRow[]) => all.filter((row) => matches(match, matchedOf(row)));
  return paged(newestMatching<AlertRow>(database, look, { matching, placeOf }, reach), filter.limit, placeOf);
}

function placeOf({ raisedAt, seq }: AlertRow) {
  return { at: raisedAt, seq };
}

/** Of which any delivery is in this state: found by an index. */
function alertsWithDelivery({ db }: Database, state: DeliveryState) {
  return db
    .select({ seq: deliveries.alertSeq })
    .from(deliveries)
    .where(and(eq(deliveries.state, state), isNotNull(deliveries.alertSeq)));
}

/** What a matcher says a field must be, for the index that has it. */
function equalTo(name: string, { match = [] }: AlertFilter): string | undefined {
  return match.find((matcher) => matcher.name === name && matcher.op === "=" && matcher.value !== "")?.value;
}

/** An alert of the store as matchers see it. */
export function matchedOf(row: AlertRow): Matched {
  const { type, kind, priority, rule, source, symbol, direction, fingerprint, details } = row;
  return {
    type: type as Matched["type"],
    kind: kind as Matched["kind"],
    priority: priority as Priority,
    rule,
    source,
    symbol,
    fingerprint,
    direction: direction as Matched["direction"],
    details: storedJson(details) as Matched["details"],
  };
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

/** Those raised between two times, epoch ms, the first first; of more than `limit` the newest. */
export function alertsRaisedBetween({ db }: Database, from: number, to: number, limit: number): AlertRow[] {
  return db
    .select()
    .from(alerts)
    .where(and(gte(alerts.raisedAt, from), lt(alerts.raisedAt, to)))
    .orderBy(desc(alerts.raisedAt), desc(alerts.seq))
    .limit(limit)
    .all()
    .toReversed();
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
export function targetOf({
  seq,
  kind,
  type,
  rule,
  source,
  symbol,
  fingerprint,
  priority,
  direction,
}: AlertRow): ActTarget {
  return {
    seq,
    kind: kind as ActTarget["kind"],
    type: type as ActTarget["type"],
    rule,
    source,
    symbol,
    fingerprint,
    priority: priority as ActTarget["priority"],
    direction: direction as ActTarget["direction"],
  };
}
