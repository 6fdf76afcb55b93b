import { getTableColumns, sql } from "drizzle-orm";
import { getTableConfig, type SQLiteColumn, type SQLiteTable, type SQLiteUpdateSetSource } from "drizzle-orm/sqlite-core";
import type { Drizzled } from "./open";

/** A prepared insert of whole rows, for the hot path; a `numbered` column is left to SQLite. */
export function prepareInsert<T extends SQLiteTable>(db: Drizzled, table: T, numbered?: string): (row: T["$inferInsert"]) => void {
  const statement = db.insert(table).values(placeholders(table, numbered)).prepare();
  return (row) => {
    statement.run(row);
  };
}

/** As prepareInsert, but a row of the same key takes over the new values. */
export function prepareUpsert<T extends SQLiteTable>(db: Drizzled, table: T): (row: T["$inferInsert"]) => void {
  const keys = keysOf(table);
  const others = Object.entries(getTableColumns(table)).filter(([, column]) => !keys.includes(column));
  const set = Object.fromEntries(others.map(([name, column]) => [name, sql.raw(`excluded."${column.name}"`)]));
  const statement = db
    .insert(table)
    .values(placeholders(table))
    .onConflictDoUpdate({ target: keys, set: set as SQLiteUpdateSetSource<T> })
    .prepare();
  return (row) => {
    statement.run(row);
  };
}

function placeholders<T extends SQLiteTable>(table: T, numbered?: string): T["$inferInsert"] {
  const names = Object.keys(getTableColumns(table)).filter((name) => name !== numbered);
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as T["$inferInsert"];
}

function keysOf(table: SQLiteTable): SQLiteColumn[] {
  const composite = getTableConfig(table).primaryKeys[0]?.columns;
  return composite ?? Object.values(getTableColumns(table)).filter((column) => column.primary);
}
