import { gte, lt, lte, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "./db";

/** Which rows are wanted: since and before a time, epoch ms, and those before the seq of a page's last row. */
export interface WantedTimes {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly cursor?: { readonly seq: number } | undefined;
}

/** Both ends included. */
export interface SeqRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Between which seqs all rows of a time lie, so that a walk by seq begins and ends with them: found by the index of the time
 * alone. It holds where the clock was set back as well, when a later row has an earlier time. Null: there are none.
 */
export function seqRange(
  { db }: Database,
  table: SQLiteTable,
  seq: SQLiteColumn,
  time: SQLiteColumn,
  { since, until, cursor }: WantedTimes,
): SeqRange | null {
  // Unindexed, or SQLite would look for the outermost one by walking through all rows by seq.
  const outermost = (which: "max" | "min", where: SQL) =>
    db
      .select({ seq: sql<number | null>`${sql.raw(which)}(+${seq})` })
      .from(table)
      .where(where)
      .get()?.seq ?? null;
  // After the first page its last row is the bound.
  const to =
    cursor !== undefined
      ? cursor.seq - 1
      : until === undefined
        ? Number.MAX_SAFE_INTEGER
        : outermost("max", lt(time, until));
  const from = since === undefined ? 0 : outermost("min", gte(time, since));
  return from === null || to === null ? null : { from, to };
}

/** The same as conditions. */
export function seqBounds(...[database, table, seq, time, wanted]: Parameters<typeof seqRange>): SQL[] {
  const range = seqRange(database, table, seq, time, wanted);
  if (range === null) return [sql`0`];
  return [
    ...(wanted.since === undefined ? [] : [gte(seq, range.from)]),
    ...(wanted.until === undefined || wanted.cursor !== undefined ? [] : [lte(seq, range.to)]),
  ];
}
