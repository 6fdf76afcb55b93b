import { and, asc, desc, eq, gt, gte, inArray, lt, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Database } from "./db";
import { wordsOf } from "./decisions";
import type { SignalFilter } from "./filters/signals";
import { equal, newestFirst, sorted } from "./look";
import { paged, type Rows } from "./paging";
import type { Reach } from "./reach";
import type { SignalRow } from "./rows";
import { signals } from "./schema";
import { unindexed } from "./unindexed";

type Order = NonNullable<SignalFilter["order"]>;
type By = NonNullable<SignalFilter["by"]>;

/** Newest first, or as asked; a row without the value they are ordered by comes last either way. */
export function listSignals(database: Database, filter: SignalFilter, reach: Reach = "far"): Rows<SignalRow> {
  const { by = "received", order = "desc", min_strength: min } = filter;
  const wanted = wordsOf(filter.outcome, filter.decision);
  const look = {
    table: signals,
    page: filter,
    seq: signals.seq,
    time: signals.receivedAt,
    indexed: [
      [signals.symbol, filter.symbol],
      [signals.source, filter.source],
    ] as const,
    others: [
      equal(unindexed(signals.direction), filter.direction),
      equal(unindexed(signals.timeframe), filter.timeframe),
      min === undefined ? undefined : gte(signals.strength, min),
      wanted && inArray(signals.decision, [...wanted]),
    ],
    q: filter.q,
    about: signals.seq,
  };
  const rows =
    by === "received" && order === "desc"
      ? newestFirst<SignalRow>(database, look, reach)
      : sorted<SignalRow>(database, look, { place: placeOf(by, order), order }, reach);
  return paged(rows, filter.limit, (row) => ({ at: valueOf(row, by) ?? missing[order], seq: row.seq }));
}

/** Stands in for a value that is missing, so that the row comes last; within what a cursor can carry. */
const missing = { desc: -1, asc: 1e15 - 1 } as const;

function placeOf(by: By, order: Order): SQLiteColumn | SQL<number> {
  if (by === "received") return signals.seq;
  if (by === "observed") return signals.observedAt;
  return sql<number>`ifnull(${signals[by]}, ${sql.raw(String(missing[order]))})`;
}

function valueOf(row: SignalRow, by: By): number | null {
  if (by === "received") return row.seq;
  return by === "observed" ? row.observedAt : row[by];
}

export function signalAt(database: Database, seq: number): SignalRow | undefined {
  return database.db.select().from(signals).where(eq(signals.seq, seq)).get();
}

/** Signals of the same symbol received just before and just after, nearest first on either side. */
export function neighboursOf(
  database: Database,
  { symbol, seq }: SignalRow,
  each: number,
): { before: SignalRow[]; after: SignalRow[] } {
  const beside = (which: SQL, order: SQL) =>
    database.db
      .select()
      .from(signals)
      .where(and(eq(signals.symbol, symbol), which))
      .orderBy(order)
      .limit(each)
      .all();
  return {
    before: beside(lt(signals.seq, seq), desc(signals.seq)),
    after: beside(gt(signals.seq, seq), asc(signals.seq)),
  };
}
