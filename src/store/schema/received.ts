import { sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const meta = sqliteTable("meta", {
  key: text().primaryKey(),
  value: text().notNull(),
});

export const observations = sqliteTable(
  "observations",
  {
    seq: integer().primaryKey(),
    kind: text().notNull(),
    source: text(),
    receivedAt: integer("received_at").notNull(),
    body: text().notNull(),
  },
  (table) => [index("observations_received").on(table.receivedAt)],
);

export const files = sqliteTable(
  "files",
  {
    source: text().notNull(),
    path: text().notNull(),
    size: integer().notNull(),
    modifiedAt: real("modified_at").notNull(),
    /** Of the bytes and, where they carry no time, the time in the name. */
    digest: text().notNull(),
    seq: integer().notNull(),
    outcome: text().notNull(),
    readAt: integer("read_at").notNull(),
    /** When it was found to be gone; null while it is there. */
    goneAt: integer("gone_at"),
  },
  (table) => [
    primaryKey({ columns: [table.source, table.path] }),
    index("files_digest").on(table.source, table.digest),
    index("files_gone")
      .on(table.goneAt)
      .where(sql`gone_at IS NOT NULL`),
  ],
);

export const reports = sqliteTable(
  "reports",
  {
    seq: integer()
      .primaryKey()
      .references(() => observations.seq, { onDelete: "cascade" }),
    receivedAt: integer("received_at").notNull(),
    source: text().notNull(),
    path: text().notNull(),
    size: integer().notNull(),
    digest: text().notNull(),
    body: blob({ mode: "buffer" }),
  },
  (table) => [index("reports_received").on(table.receivedAt)],
);

export const cells = sqliteTable(
  "cells",
  {
    kind: text().notNull(),
    key: text().notNull(),
    value: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.key] })],
);

export const events = sqliteTable(
  "events",
  {
    seq: integer().primaryKey(),
    topic: text().notNull(),
    at: integer().notNull(),
    frame: text().notNull(),
  },
  (table) => [index("events_at").on(table.at)],
);
