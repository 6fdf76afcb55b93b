import { sql, type SQL } from "drizzle-orm";
import type { SQLiteColumn } from "drizzle-orm/sqlite-core";
import { priorities, type Priority } from "../core/alert";

/** How urgent a priority is, as a list by priority goes: the more urgent, the larger. */
export function rankOf(priority: string): number {
  return priorities.indexOf(priority as Priority);
}

/** The same in the database. */
export function rankIn(column: SQLiteColumn): SQL<number> {
  const ranks = priorities.map((priority) => sql`WHEN ${priority} THEN ${rankOf(priority)}`);
  return sql<number>`CASE ${column} ${sql.join(ranks, sql` `)} END`;
}
