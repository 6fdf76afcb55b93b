import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const settingsHistory = sqliteTable("settings_history", {
  seq: integer().primaryKey(),
  at: integer().notNull(),
  who: text().notNull(),
  /** What was set at run time, before and after. */
  before: text().notNull(),
  after: text().notNull(),
  /** All that decide is tuned by, rules by name: for replay. */
  settings: text().notNull(),
});

export const preferences = sqliteTable("preferences", {
  account: text().primaryKey(),
  /** JSON, as the API takes it. */
  value: text().notNull(),
  updatedAt: integer("updated_at").notNull(),
});
