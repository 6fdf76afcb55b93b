import { and, count, desc, eq, gte, lte, sql } from "drizzle-orm";
import { digestWord } from "../core/notify/route";
import type { Database } from "./db";
import { alerts, channelStates, deliveries } from "./schema";
import { unindexed } from "./unindexed";

export type ChannelStateRow = typeof channelStates.$inferSelect;

/** Null before it was ever tried. */
export function channelState({ db }: Database, name: string): ChannelStateRow | null {
  return db.select().from(channelStates).where(eq(channelStates.name, name)).get() ?? null;
}

/** What came of the last test of it: JSON. `at`: epoch ms. */
export function noteTest({ db }: Database, name: string, test: object & { outcome: string }, at: number): void {
  const lastTest = JSON.stringify(test);
  const state = test.outcome === "accepted" ? "up" : "failing";
  db.insert(channelStates)
    .values({ name, state, since: at, failures: 0, lastTest })
    .onConflictDoUpdate({ target: channelStates.name, set: { lastTest } })
    .run();
}

/** How many wait for it by now, epoch ms. */
export function waitingFor({ db }: Database, channel: string, now: number): number {
  const isDue = sql`${deliveries.state} = 'due'`;
  const row = db
    .select({ count: count() })
    .from(deliveries)
    .where(and(eq(deliveries.channel, channel), isDue, lte(deliveries.createdAt, now)))
    .get();
  return row?.count ?? 0;
}

const isAccepted = sql`${deliveries.acceptedAt} IS NOT NULL`;

/** How many it accepted since then, epoch ms. */
export function acceptedSince({ db }: Database, channel: string, since: number): number {
  const row = db
    .select({ count: count() })
    .from(deliveries)
    .where(and(eq(deliveries.channel, channel), isAccepted, gte(deliveries.acceptedAt, since)))
    .get();
  return row?.count ?? 0;
}

/** From the commit to the acceptance, ms, of the last it accepted; at most so many. */
export function lastLatencies({ db }: Database, channel: string, max: number): number[] {
  return db
    .select({ ms: sql<number>`${deliveries.acceptedAt} - ${deliveries.createdAt}` })
    .from(deliveries)
    .where(and(eq(deliveries.channel, channel), isAccepted))
    .orderBy(desc(deliveries.acceptedAt))
    .limit(max)
    .all()
    .map(({ ms }) => ms);
}

/** How many it accepted since then, epoch ms, that no budget holds back: of high priority. */
export function exemptSince({ db }: Database, channel: string, since: number): number {
  const row = db
    .select({ count: count() })
    .from(deliveries)
    .innerJoin(alerts, eq(alerts.seq, deliveries.alertSeq))
    .where(
      and(
        eq(deliveries.channel, channel),
        isAccepted,
        gte(deliveries.acceptedAt, since),
        eq(unindexed(alerts.priority), "high"),
      ),
    )
    .get();
  return row?.count ?? 0;
}

/** When the digest that is owed is sent, epoch ms, and how many deliveries wait for it; null where none is. */
export function digestOf({ db }: Database, channel: string): { readonly at: number; readonly size: number } | null {
  const waits = and(
    eq(deliveries.channel, channel),
    sql`${deliveries.state} = 'due'`,
    eq(deliveries.foldsWith, digestWord),
  );
  const rows = db.select({ purpose: deliveries.purpose, dueAt: deliveries.dueAt }).from(deliveries).where(waits).all();
  const digest = rows.find(({ purpose }) => purpose === "digest");
  return digest === undefined ? null : { at: digest.dueAt, size: rows.length - 1 };
}
