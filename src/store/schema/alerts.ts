import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

export const alerts = sqliteTable(
  "alerts",
  {
    seq: integer().primaryKey(),
    observationSeq: integer("observation_seq").notNull(),
    type: text().notNull(),
    kind: text().notNull(),
    priority: text().notNull(),
    state: text().notNull(),
    rule: text().notNull(),
    fingerprint: text().notNull(),
    message: text().notNull(),
    source: text(),
    symbol: text(),
    direction: text(),
    raisedAt: integer("raised_at").notNull(),
    expiresAt: integer("expires_at"),
    endedAt: integer("ended_at"),
    supersededBy: integer("superseded_by"),
    subjectSeq: integer("subject_seq"),
    /** As of decisions; null where it is about none of them, or that is not known. */
    subjectKind: text("subject_kind"),
    /** The word for what ended it; null while it stands. */
    endReason: text("end_reason"),
    details: text().notNull(),
    /** Who has taken it on; null: no one, or no longer. */
    acknowledgedBy: text("acknowledged_by"),
    acknowledgedAt: integer("acknowledged_at"),
    /** When it is to be looked at again. */
    acknowledgedUntil: integer("acknowledged_until"),
    acknowledgedNote: text("acknowledged_note"),
  },
  (table) => [
    index("alerts_raised").on(table.raisedAt, table.seq),
    index("alerts_priority").on(table.priority),
    index("alerts_type").on(table.type),
    index("alerts_symbol").on(table.symbol),
    index("alerts_source").on(table.source),
    index("alerts_state").on(table.state),
    index("alerts_subject").on(table.subjectSeq),
  ],
);
