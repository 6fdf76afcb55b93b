import { sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import type { Database } from "./db";
import { newestFirst, sorted, type Look } from "./look";
import { paged, type Rows } from "./paging";
import type { Reach } from "./reach";

type Order = "asc" | "desc";

/** Something a list can go by: where it stands in the table, and in a row that was read. */
interface Place<T> {
  readonly of: (row: T) => number | null;
  readonly in: SQLiteColumn | SQL;
}

export interface Ordered<T, By extends string> {
  /** Left out: the order of seq, which is the order of arrival. */
  readonly by: By | undefined;
  readonly order: Order | undefined;
  readonly places: Readonly<Record<By, Place<T>>>;
  readonly seqOf: (row: T) => number;
}

/** Stands in for a value that is missing, so that the row comes last; within what a cursor can carry. */
const missing = { desc: -(1e15 - 1), asc: 1e15 - 1 } as const;

/** A page of a list, newest first or as asked; within one value by seq, a row without a value last either way. */
export function ordered<T, By extends string>(
  database: Database,
  look: Look,
  { by, order = "desc", places, seqOf }: Ordered<T, By>,
  reach: Reach,
): Rows<T> {
  const place = by === undefined ? { of: seqOf, in: look.seq } : places[by];
  const rows =
    by === undefined && order === "desc"
      ? newestFirst<T>(database, look, reach)
      : sorted<T>(database, look, { place: withMissing(place, order), order }, reach);
  return paged(rows, look.page.limit, (row) => ({ at: place.of(row) ?? missing[order], seq: seqOf(row) }));
}

/** A column that always has a value is left as it is, for an index has it in that order. */
function withMissing({ in: column }: { readonly in: SQLiteColumn | SQL }, order: Order): SQLiteColumn | SQL {
  if ("notNull" in column && column.notNull) return column;
  return sql<number>`ifnull(${column}, ${sql.raw(String(missing[order]))})`;
}
