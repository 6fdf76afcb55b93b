import { and, eq, gt, gte, lt, or, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { writeCursor, type Cursor } from "./cursor";

/** Which part of a list: newest first, after `cursor`, at most `limit`. Times are epoch ms; `until` is exclusive. */
export interface Page {
  readonly limit: number;
  readonly cursor?: Cursor | undefined;
  readonly since?: number | undefined;
  readonly until?: number | undefined;
}

export interface Rows<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/** `rows`: one more than the page holds, where there are more. */
export function paged<T>(rows: T[], limit: number, cursorOf: (row: T) => Cursor): Rows<T> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? writeCursor(cursorOf(last)) : null };
}

export function between(time: SQLiteColumn | SQL, { since: from, until: to }: Page): (SQL | undefined)[] {
  return [from === undefined ? undefined : gte(time as SQL, from), to === undefined ? undefined : lt(time as SQL, to)];
}

/** What comes after a place in a list that is ordered by `place`, then by seq. */
export function after(
  place: SQLiteColumn | SQL,
  seq: SQLiteColumn | SQL,
  cursor: Cursor,
  order: "asc" | "desc",
): SQL | undefined {
  const beyond = order === "desc" ? lt : gt;
  return or(beyond(place as SQL, cursor.at), and(eq(place as SQL, cursor.at), beyond(seq as SQL, cursor.seq)));
}
