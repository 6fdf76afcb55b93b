import { and, asc, count, desc, eq, gte, lt, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "./db";
import { after, between, type Page } from "./paging";
import { newestRows, TooFar, type Reach } from "./reach";
import { matchExpression } from "./search";
import { seqBounds } from "./seq-bounds";
import { unindexed } from "./unindexed";

/** One look at a list that goes by seq. */
export interface Look {
  readonly table: SQLiteTable;
  readonly page: Page;
  readonly seq: SQLiteColumn;
  readonly time: SQLiteColumn;
  /** What is asked of columns with an index of their own; those that leave least come first. */
  readonly indexed: readonly (readonly [SQLiteColumn, string | undefined])[];
  readonly others: readonly (SQL | undefined)[];
  readonly q: string | undefined;
  /** The seq of what a search finds. */
  readonly about: SQLiteColumn;
}

/**
 * Newest first by seq: first among the newest rows, which are few whatever is asked for; what is not found there, by an
 * index. `near`: throws TooFar in place of the latter.
 */
export function newestFirst<T>(database: Database, look: Look, reach: Reach): T[] {
  const { page, seq, time, indexed, others, q } = look;
  const before = page.cursor && lt(seq, page.cursor.seq);
  const find = (where: (SQL | undefined)[], order: SQL) =>
    rowsOf<T>(database, look, [...where, ...others, before], [order]);
  const given = indexed.filter(([, value]) => value !== undefined);
  // The table, or one index of it, is in this order already: no row is looked at in vain.
  if (isPlain(look) && given.length <= 1)
    return find(
      given.map(([column, value]) => equal(column, value)),
      desc(seq),
    );

  const checked = (columns: Look["indexed"]) => [
    ...columns.map(([column, value]) => equal(unindexed(column), value)),
    matches(look.about, q),
  ];
  const newest = newestOf(database, look);
  // How long a search takes depends on all that could be found, of whatever kind.
  if (q === undefined || searchesFew(database)) {
    const floor = newest.floor === null ? undefined : gte(seq, newest.floor);
    const found = find([floor, ...checked(indexed), ...between(unindexed(time), page)], desc(seq));
    if (newest.all || found.length > page.limit) return found;
  }
  assertFar(reach, "a list");
  // One index is enough, the one that leaves least: SQLite would have to guess which.
  const [driving, ...rest] = given;
  if (driving === undefined && page.since !== undefined)
    return find([...checked(rest), ...between(time, page)], desc(unindexed(seq)));
  const bounds = seqBounds(database, look.table, seq, time, page);
  const times = between(unindexed(time), page);
  return find([driving && equal(...driving), ...checked(rest), ...bounds, ...times], desc(seq));
}

/** By anything else than seq: all rows have to be looked at, but for those an index has in that order already. */
export function sorted<T>(
  database: Database,
  look: Look,
  { place, order }: { readonly place: SQLiteColumn | SQL; readonly order: "asc" | "desc" },
  reach: Reach,
): T[] {
  const { table, page, seq, time, q } = look;
  if (!isSmall(database, table) || (q !== undefined && !searchesFew(database)))
    assertFar(reach, "a list in another order");
  const direction = order === "desc" ? desc : asc;
  const where = [
    ...look.indexed.map(([column, value]) => equal(column, value)),
    ...look.others,
    matches(look.about, q),
    ...between(time, page),
    page.cursor && after(place, seq, page.cursor, order),
  ];
  return rowsOf<T>(database, look, where, [direction(place), direction(seq)]);
}

/** Throws TooFar where only the newest rows may be looked at. */
export function assertFar(reach: Reach, what: string): void {
  if (reach === "near") throw new TooFar(what);
}

/** Whether a look at all of it is short. */
export function isSmall({ db }: Database, table: SQLiteTable): boolean {
  const beyond = db
    .select({ one: sql`1` })
    .from(table)
    .limit(1)
    .offset(newestRows)
    .get();
  return beyond === undefined;
}

export function equal(column: SQLiteColumn | SQL, value: string | undefined): SQL | undefined {
  return value === undefined ? undefined : eq(column as SQL, value);
}

function isPlain({ others, q, page }: Look): boolean {
  const { since, until } = page;
  return others.every((each) => each === undefined) && q === undefined && since === undefined && until === undefined;
}

function rowsOf<T>({ db }: Database, { table, page }: Look, where: (SQL | undefined)[], order: SQL[]): T[] {
  return db
    .select()
    .from(table)
    .where(and(...where))
    .orderBy(...order)
    .limit(page.limit + 1)
    .all() as T[];
}

/** The newest rows before a place: the last of them, null where there is none, and whether they are all there are. */
function newestOf({ db }: Database, { table, seq, page }: Look): { floor: number | null; all: boolean } {
  const rows = db
    .select({ seq })
    .from(table)
    .where(page.cursor && lt(seq, page.cursor.seq))
    .orderBy(desc(seq))
    .limit(newestRows)
    .as("newest");
  const { floor, counted } = db
    .select({ floor: sql<number | null>`min(${rows.seq})`, counted: count() })
    .from(rows)
    .get() ?? { floor: null, counted: 0 };
  return { floor, all: counted < newestRows };
}

function searchesFew({ raw }: Database): boolean {
  return raw.query("SELECT 1 FROM search_docsize LIMIT 1 OFFSET ?").get(newestRows) === null;
}

function matches(seq: SQLiteColumn, q: string | undefined): SQL | undefined {
  if (q === undefined) return undefined;
  const expression = matchExpression(q);
  return expression === null ? sql`0` : sql`${seq} IN (SELECT rowid FROM search WHERE search MATCH ${expression})`;
}
