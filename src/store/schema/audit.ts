import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const auditEntries = sqliteTable(
  "audit",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    who: text().notNull(),
    from: text("from_where").notNull(),
    what: text().notNull(),
    subject: text(),
    /** JSON; null where there was nothing, or nothing to be said. */
    before: text(),
    after: text(),
    hash: text().notNull(),
  },
  (table) => [index("audit_at").on(table.at)],
);
