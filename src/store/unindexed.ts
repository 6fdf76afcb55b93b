import { sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";

/** The column as an expression: SQLite does not look for an index of one, neither to find rows by it nor to group them in its order. */
export function unindexed(column: SQLiteColumn | SQL): SQL {
  return sql`+${column}`;
}
