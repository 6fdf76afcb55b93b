import { and, count, eq, inArray } from "drizzle-orm";
import { matches, type Matcher } from "../core/matcher";
import { deliveryStates, type Delivery, type DeliveryState } from "../core/notify/delivery";
import { alertsAt, matchedOf } from "./alerts";
import type { Database } from "./db";
import { deliveryOf } from "./deliveries";
import type { DeliveryFilter } from "./filters/deliveries";
import { assertFar, equal, isSmall, newestFirst } from "./look";
import { newestMatching } from "./matching";
import { between, paged, type Rows } from "./paging";
import type { Reach } from "./reach";
import { deliveries, meta } from "./schema";
import { unindexed } from "./unindexed";

type Row = typeof deliveries.$inferSelect;

/** Newest first. */
export function listDeliveries(database: Database, filter: DeliveryFilter, reach: Reach = "far"): Rows<Delivery> {
  const { match } = filter;
  const rows =
    match === undefined
      ? newestFirst<Row>(database, lookFor(filter), reach)
      : newestMatching<Row>(
          database,
          lookFor(filter),
          { matching: (all) => aboutMatching(database, all, match), placeOf },
          reach,
        );
  return paged(rows.map(deliveryOf), filter.limit, placeOf);
}

function placeOf({ createdAt, seq }: Pick<Row, "createdAt" | "seq">) {
  return { at: createdAt, seq };
}

function lookFor(filter: DeliveryFilter) {
  return {
    table: deliveries,
    page: filter,
    seq: deliveries.seq,
    time: deliveries.createdAt,
    indexed: [
      [deliveries.alertSeq, alertSeqOf(filter)],
      [deliveries.channel, filter.channel],
      [deliveries.state, filter.state],
    ] as const,
    others: [equal(unindexed(deliveries.purpose), filter.purpose)],
    q: undefined,
    about: deliveries.seq,
  };
}

/** Those whose alert matches; a test is about none, and matches nothing. */
function aboutMatching(database: Database, rows: readonly Row[], match: readonly Matcher[]): Row[] {
  const about = new Set(rows.flatMap(({ alertSeq }) => alertSeq ?? []));
  const matching = alertsAt(database, [...about]).filter((row) => matches(match, matchedOf(row)));
  const found = new Set(matching.map(({ seq }) => seq));
  return rows.filter(({ alertSeq }) => alertSeq !== null && found.has(alertSeq));
}

/** How many of a filter are in each state, whatever state it asks for; those there are none of are left out. */
export function countDeliveries(
  database: Database,
  filter: DeliveryFilter,
  reach: Reach = "far",
): { readonly state: DeliveryState; readonly count: number }[] {
  if (!isSmall(database, deliveries)) assertFar(reach, "the counts of deliveries");
  if (filter.match !== undefined) return countMatching(database, filter);
  return database.db
    .select({ state: deliveries.state, count: count() })
    .from(deliveries)
    .where(
      and(
        equal(deliveries.alertSeq, alertSeqOf(filter)),
        equal(deliveries.channel, filter.channel),
        equal(unindexed(deliveries.purpose), filter.purpose),
        ...between(deliveries.createdAt, filter),
      ),
    )
    .groupBy(deliveries.state)
    .all()
    .map((row) => ({ ...row, state: row.state as DeliveryState }));
}

function countMatching(database: Database, filter: DeliveryFilter) {
  const { items } = listDeliveries(database, {
    ...filter,
    state: undefined,
    cursor: undefined,
    limit: Number.MAX_SAFE_INTEGER - 1,
  });
  return deliveryStates.map((state) => ({ state, count: items.filter((row) => row.state === state).length }));
}

export function deliveryAt({ db }: Database, seq: number): Delivery | undefined {
  const row = db.select().from(deliveries).where(eq(deliveries.seq, seq)).get();
  return row && deliveryOf(row);
}

/**
 * It is owed anew, from now on and due at once: what ended it counts no more. Undefined where it is not in a state to be.
 * Runs inside the writer's commit.
 */
export function reopenDelivery({ db }: Database, seq: number, now: number): Delivery | undefined {
  const row = db
    .update(deliveries)
    .set({ state: "due", dueAt: now, createdAt: now, endedAt: null })
    .where(and(eq(deliveries.seq, seq), inArray(deliveries.state, ["due", "failed", "withdrawn"])))
    .returning()
    .get();
  return row && deliveryOf(row);
}

/** All that was or is owed about some alerts, the first first. */
export function deliveriesOf({ db }: Database, alertSeq: number): Delivery[] {
  return db
    .select()
    .from(deliveries)
    .where(eq(deliveries.alertSeq, alertSeq))
    .orderBy(deliveries.seq)
    .all()
    .map(deliveryOf);
}

/** Names the database: ids of deliveries carry part of it. */
export function epochOf({ db }: Database): string {
  return db.select().from(meta).where(eq(meta.key, "epoch")).get()?.value ?? "";
}

function alertSeqOf({ alert }: DeliveryFilter): number | undefined {
  return alert === undefined ? undefined : Number(alert.slice(1));
}
