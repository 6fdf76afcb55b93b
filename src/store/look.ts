import { and, asc, count, desc, eq, gte, isNotNull, lt, lte, sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Database } from "./db";
import { foundIn, partitionsAt, partitionsIn, searchesFew } from "./found";
import { after, between, type Page } from "./paging";
import { newestRows, TooFar, type Reach } from "./reach";
import { matchExpression } from "./search";
import { partitionsOf } from "./search-partitions";
import { seqBounds, seqRange, type SeqRange } from "./seq-bounds";
import { unindexed } from "./unindexed";

/** One look at a list that goes by seq. */
export interface Look {
  readonly table: SQLiteTable;
  readonly page: Page;
  readonly seq: SQLiteColumn;
  readonly time: SQLiteColumn;
  /** What is asked of columns with an index of their own; those that leave least come first. */
  readonly indexed: readonly (readonly [SQLiteColumn, string | number | undefined])[];
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
  const { table, page, seq, time, indexed, others, q } = look;
  if (q !== undefined) return atOneMoment(database, () => newestFound<T>(database, look, q, reach));
  const find = (where: (SQL | undefined)[], order: SQL) =>
    rowsOf<T>(database, look, [...where, ...others, beforeCursor(look)], [order]);
  const given = givenOf(look);
  // The table, or one index of it, is in this order already: no row is looked at in vain.
  if (isPlain(look) && given.length <= 1)
    return find(
      given.map(([column, value]) => equal(column, value)),
      desc(seq),
    );

  const newest = newestOf(database, look);
  const floor = newest.floor === null ? undefined : gte(seq, newest.floor);
  const found = find([floor, ...checked(indexed), ...between(unindexed(time), page)], desc(seq));
  if (newest.all || found.length > page.limit) return found;
  assertFar(reach, "a list");
  // One index is enough, the one that leaves least: SQLite would have to guess which.
  const [driving, ...rest] = given;
  if (driving === undefined && page.since !== undefined)
    return find([...checked(rest), ...between(time, page)], desc(unindexed(seq)));
  const bounds = seqBounds(database, table, seq, time, page);
  const times = between(unindexed(time), page);
  return find([driving && equal(...driving), ...checked(rest), ...bounds, ...times], desc(seq));
}

/** The newest of what a search finds: partition by partition, as far as it takes to fill the page. */
function newestFound<T>(database: Database, look: Look, q: string, reach: Reach): T[] {
  const { table, page, seq, time, others, about } = look;
  if (!searchesFew(database.raw)) assertFar(reach, "a search");
  const expression = matchExpression(q);
  const range = seqRange(database, table, seq, time, page);
  if (expression === null || range === null) return [];
  const [driving, ...rest] = givenOf(look);
  const where = [
    driving && equal(...driving),
    ...checked(rest),
    ...others,
    ...between(unindexed(time), page),
    beforeCursor(look),
  ];
  if (about !== seq) return newestFoundAbout(database, look, where, expression);
  const rows: T[] = [];
  for (const partition of partitionsIn(database.raw, range)) {
    const found = [foundIn(seq, [partition], expression), ...within(seq, partition)];
    rows.push(...rowsOf<T>(database, look, [...where, ...found], [desc(seq)], page.limit + 1 - rows.length));
    if (rows.length > page.limit) break;
  }
  return rows;
}

/**
 * The same where rows have a seq of their own beside the one they are about, which goes by no order: a page of what many
 * rows have is full among the newest of them, for the rest all partitions are searched.
 */
function newestFoundAbout<T>(database: Database, look: Look, where: (SQL | undefined)[], expression: string): T[] {
  const { table, page, seq, time, about } = look;
  const newest = newestOf(database, look);
  if (newest.floor === null) return [];
  const among = and(gte(seq, newest.floor), beforeCursor(look));
  const subjects = database.db
    .select({ seq: sql<number>`${about}` })
    .from(table)
    .where(and(among, isNotNull(about)))
    .all()
    .map((row) => row.seq);
  const near = foundIn(unindexed(about), partitionsAt(database.raw, subjects), expression);
  const found = rowsOf<T>(database, look, [...where, among, near], [desc(seq)]);
  if (newest.all || found.length > page.limit) return found;
  const all = foundIn(about, partitionsOf(database.raw), expression);
  const bounds = seqBounds(database, table, seq, time, page);
  return rowsOf<T>(database, look, [...where, all, ...bounds], [desc(seq)]);
}

/** By anything else than seq: all rows have to be looked at, but for those an index has in that order already. */
export function sorted<T>(
  database: Database,
  look: Look,
  { place, order }: { readonly place: SQLiteColumn | SQL; readonly order: "asc" | "desc" },
  reach: Reach,
): T[] {
  const { table, page, seq, time, q } = look;
  if (!isSmall(database, table) || (q !== undefined && !searchesFew(database.raw)))
    assertFar(reach, "a list in another order");
  const direction = order === "desc" ? desc : asc;
  return atOneMoment(database, () => {
    const where = [
      ...look.indexed.map(([column, value]) => equal(column, value)),
      ...look.others,
      q === undefined ? undefined : matches(database, look, q),
      ...between(time, page),
      page.cursor && after(place, seq, page.cursor, order),
    ];
    return rowsOf<T>(database, look, where, [direction(place), direction(seq)]);
  });
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

export function equal(column: SQLiteColumn | SQL, value: string | number | undefined): SQL | undefined {
  return value === undefined ? undefined : eq(column as SQL, value);
}

function isPlain({ others, page: { since, until } }: Look): boolean {
  return others.every((each) => each === undefined) && since === undefined && until === undefined;
}

function givenOf({ indexed }: Look): Look["indexed"] {
  return indexed.filter(([, value]) => value !== undefined);
}

function checked(columns: Look["indexed"]): (SQL | undefined)[] {
  return columns.map(([column, value]) => equal(unindexed(column), value));
}

function beforeCursor({ seq, page }: Look): SQL | undefined {
  return page.cursor && lt(seq, page.cursor.seq);
}

function within(seq: SQLiteColumn, { from, to }: SeqRange): SQL[] {
  return [gte(seq, from), lte(seq, to)];
}

/** Between two reads of one list nothing is written: a partition could be gone. */
function atOneMoment<T>({ raw }: Database, read: () => T): T {
  return raw.transaction(read)();
}

function rowsOf<T>(
  { db }: Database,
  { table, page }: Look,
  where: (SQL | undefined)[],
  order: SQL[],
  limit = page.limit + 1,
): T[] {
  return db
    .select()
    .from(table)
    .where(and(...where))
    .orderBy(...order)
    .limit(limit)
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

/** In another order all that is found has to be looked at, but for what lies outside the times. */
function matches(database: Database, { table, page: { since, until }, seq, time, about }: Look, q: string): SQL {
  const expression = matchExpression(q);
  const range = seqRange(database, table, seq, time, { since, until });
  if (expression === null || range === null) return sql`0`;
  const partitions = about === seq ? partitionsIn(database.raw, range) : partitionsOf(database.raw);
  return foundIn(about, partitions, expression);
}
