import { gte, lt, lte, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "./db";

/** Which rows are wanted: since and before a time, epoch ms, and those before the seq of a page's last row. */
export interface WantedTimes {
  readonly since?: number | undefined;
  readonly until?: number | undefined;
  readonly cursor?: { readonly seq: number } | undefined;
}

/**
 * Between which seqs all rows of a time lie, so that a walk by seq begins and ends with them: found by the index of the time
 * alone. It holds where the clock was set back as well, when a later row has an earlier time.
 */
export function seqBounds(
  { db }: Database,
  table: SQLiteTable,
  seq: SQLiteColumn,
  time: SQLiteColumn,
  { since, until, cursor }: WantedTimes,
): SQL[] {
  // Unindexed, or SQLite would look for the outermost one by walking through all rows by seq.
  const outermost = (which: "max" | "min", where: SQL) =>
    db
      .select({ seq: sql<number | null>`${sql.raw(which)}(+${seq})` })
      .from(table)
      .where(where)
      .get()?.seq ?? null;
  const bounds: SQL[] = [];
  // After the first page its last row is the bound.
  if (until !== undefined && cursor === undefined) {
    const last = outermost("max", lt(time, until));
    bounds.push(last === null ? sql`0` : lte(seq, last));
  }
  if (since !== undefined) {
    const first = outermost("min", gte(time, since));
    bounds.push(first === null ? sql`0` : gte(seq, first));
  }
  return bounds;
}
