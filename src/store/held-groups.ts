import { and, count, desc, eq, gte, inArray, max, min, sql } from "drizzle-orm";
import { gates, type Gate } from "../core/decide/decision";
import type { Stretch } from "./aggregates";
import type { Database } from "./db";
import type { DecisionRow } from "./decisions";
import { equal } from "./look";
import { newestRows, TooFar, type Reach } from "./reach";
import { decisions } from "./schema";
import { unindexed } from "./unindexed";

export interface HeldStretch extends Stretch {
  readonly reason?: Gate | undefined;
  readonly limit: number;
}

/** What one gate held back of one symbol. */
export interface HeldGroup {
  readonly newest: DecisionRow;
  readonly count: number;
  readonly firstAt: number;
  readonly strongest: number | null;
}

/** What was held back since, by symbol and gate, the group with the newest first; one more than `limit` where there are more. */
export function heldGroups({ db }: Database, wanted: HeldStretch, reach: Reach): HeldGroup[] {
  const { since, symbol, source, reason, limit } = wanted;
  const { at, id, word, strength } = decisions;
  const times = gte(at, since);
  if (
    reach === "near" &&
    db.select({ id }).from(decisions).where(times).limit(1).offset(newestRows).get() !== undefined
  )
    throw new TooFar("what was held back, in groups");
  const newest = sql<number>`max(${id})`;
  const groups = db
    .select({ id: newest, count: count(), firstAt: min(at), strongest: max(strength) })
    .from(decisions)
    .where(
      and(
        times,
        inArray(unindexed(word), reason === undefined ? [...gates] : [reason]),
        equal(unindexed(decisions.symbol), symbol),
        equal(unindexed(decisions.source), source),
      ),
    )
    .groupBy(unindexed(decisions.symbol), unindexed(word))
    .orderBy(desc(newest))
    .limit(limit + 1)
    .all();
  const rowAt = db
    .select()
    .from(decisions)
    .where(eq(id, sql.placeholder("id")))
    .prepare();
  return groups.flatMap(({ id: at, firstAt, ...group }) => {
    const row = rowAt.get({ id: at });
    return row === undefined ? [] : [{ ...group, newest: row, firstAt: firstAt ?? row.at }];
  });
}
