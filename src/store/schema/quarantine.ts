import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const quarantine = sqliteTable(
  "quarantine",
  {
    source: text().notNull(),
    path: text().notNull(),
    /** Counting from 1 in a file of many; 0 where the whole file is refused. */
    element: integer().notNull(),
    reason: text().notNull(),
    detail: text().notNull(),
    firstSeen: integer("first_seen").notNull(),
    lastSeen: integer("last_seen").notNull(),
    attempts: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.source, table.path, table.element] })],
);
