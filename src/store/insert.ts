import type { SQLQueryBindings } from "bun:sqlite";
import { getTableColumns, sql, type Query } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Drizzled } from "./db";

/** A prepared insert of whole rows, for the hot path; a `numbered` column is left to SQLite. */
export function prepareInsert<T extends SQLiteTable>(
  db: Drizzled,
  table: T,
  numbered?: string,
): (row: T["$inferInsert"]) => void {
  return prepare(db, table, db.insert(table).values(placeholders(table, numbered)).toSQL(), numbered);
}

/** As prepareInsert, but a row of the same key takes over the new values. */
export function prepareUpsert<T extends SQLiteTable>(db: Drizzled, table: T): (row: T["$inferInsert"]) => void {
  const keys = keysOf(table);
  const others = Object.entries(getTableColumns(table)).filter(([, column]) => !keys.includes(column));
  const set = Object.fromEntries(others.map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]));
  const query = db
    .insert(table)
    .values(placeholders(table))
    .onConflictDoUpdate({ target: keys, set: set as Partial<T["$inferInsert"]> })
    .toSQL();
  return prepare(db, table, query);
}

/** Drizzle writes the statement once; its own way of filling one in costs as much as SQLite's of running it. */
function prepare<T extends SQLiteTable>(
  { $client }: Drizzled,
  table: T,
  query: Query,
  numbered?: string,
): (row: T["$inferInsert"]) => void {
  const statement = $client.prepare<unknown, SQLQueryBindings[]>(query.sql);
  const columns = columnsOf(table, numbered);
  return (row: Readonly<Record<string, unknown>>) => {
    const bindings: SQLQueryBindings[] = [];
    for (const [name, column] of columns) bindings.push(bindingOf(column, row[name]));
    statement.run(...bindings);
  };
}

function bindingOf(column: SQLiteColumn, value: unknown): SQLQueryBindings {
  return value === null || value === undefined ? null : (column.mapToDriverValue(value) as SQLQueryBindings);
}

function placeholders<T extends SQLiteTable>(table: T, numbered?: string): T["$inferInsert"] {
  return Object.fromEntries(
    columnsOf(table, numbered).map(([name]) => [name, sql.placeholder(name)]),
  ) as T["$inferInsert"];
}

/** In the order a statement names them. */
function columnsOf(table: SQLiteTable, numbered?: string): [string, SQLiteColumn][] {
  return Object.entries(getTableColumns(table)).filter(([name]) => name !== numbered) as [string, SQLiteColumn][];
}

function keysOf(table: SQLiteTable): SQLiteColumn[] {
  const composite: SQLiteColumn[] | undefined = getTableConfig(table).primaryKeys[0]?.columns;
  return composite ?? Object.values(getTableColumns(table)).filter((column) => column.primary);
}
