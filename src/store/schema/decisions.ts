import { sql } from "drizzle-orm";
import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const decisions = sqliteTable(
  "decisions",
  {
    id: integer().primaryKey(),
    observationSeq: integer("observation_seq").notNull(),
    subjectSeq: integer("subject_seq").notNull(),
    /** signal, opportunity, market or observation; null where it was decided before that was kept and is not known. */
    subjectKind: text("subject_kind"),
    rule: text().notNull(),
    word: text().notNull(),
    at: integer().notNull(),
    source: text(),
    symbol: text(),
    priority: text().notNull(),
    strength: real(),
    fingerprint: text().notNull(),
    alertSeq: integer("alert_seq"),
    checks: text().notNull(),
    /** It would have been raised, had anybody watched. */
    missed: integer({ mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    index("decisions_missed")
      .on(table.source, table.at)
      .where(sql`missed = 1`),
    index("decisions_subject").on(table.subjectSeq),
    // Counts by word since a time are read from the index alone.
    index("decisions_at").on(table.at, table.word),
    index("decisions_word").on(table.word),
    index("decisions_symbol").on(table.symbol),
    index("decisions_source").on(table.source),
  ],
);
