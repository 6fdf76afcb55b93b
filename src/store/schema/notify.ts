import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** The outbox: one row per alert, channel and purpose, written in the commit that decided the alert. */
export const deliveries = sqliteTable(
  "deliveries",
  {
    seq: integer().primaryKey(),
    /** Null where it is about no alert: a test of the channel. */
    alertSeq: integer("alert_seq"),
    channel: text().notNull(),
    /** Null where no route was needed to name the channel. */
    route: text(),
    step: integer().notNull(),
    purpose: text().notNull(),
    state: text().notNull(),
    /** From when on it is owed. */
    createdAt: integer("created_at").notNull(),
    /** When it is tried, or tried again. */
    dueAt: integer("due_at").notNull(),
    attempts: integer().notNull(),
    /** What the channel answered last, for a person; null before the first try. */
    lastAnswer: text("last_answer"),
    acceptedAt: integer("accepted_at"),
    /** Seq of the delivery whose message speaks of this one. */
    foldedInto: integer("folded_into"),
    /** The channel's own name for the message, for what edits it. */
    remoteId: text("remote_id"),
    /** When it came to its end, whichever: retention goes by it. */
    endedAt: integer("ended_at"),
    /** What is due to people under the same word goes as one message; null: by itself. */
    foldsWith: text("folds_with"),
    /** Withdrawn once someone has the alert. */
    unlessAcknowledged: integer("unless_acknowledged", { mode: "boolean" }).notNull().default(false),
  },
  (table) => [
    index("deliveries_due")
      .on(table.channel, table.dueAt, table.seq)
      .where(sql`state = 'due'`),
    index("deliveries_uncounted")
      .on(table.channel, table.seq)
      .where(sql`state = 'stale' AND folded_into IS NULL`),
    index("deliveries_alert").on(table.alertSeq),
    index("deliveries_channel").on(table.channel, table.seq),
    index("deliveries_state").on(table.state, table.seq),
    index("deliveries_ended").on(table.endedAt),
    index("deliveries_created").on(table.createdAt),
    index("deliveries_accepted")
      .on(table.channel, table.acceptedAt)
      .where(sql`accepted_at IS NOT NULL`),
  ],
);

/** Channels made at run time; those of the config are not here. */
export const channels = sqliteTable("channels", {
  name: text().primaryKey(),
  kind: text().notNull(),
  /** JSON, without its secrets. */
  settings: text().notNull(),
  /** JSON of its secrets, sealed. */
  sealed: text().notNull(),
  createdAt: integer("created_at").notNull(),
  createdBy: text("created_by").notNull(),
});

/** How each channel fares, of the config or made at run time. */
export const channelStates = sqliteTable("channel_states", {
  name: text().primaryKey(),
  state: text().notNull(),
  since: integer().notNull(),
  /** Nothing is tried before: the channel asked for a pause, or does not answer. */
  pausedUntil: integer("paused_until"),
  /** Tries in a row that failed. */
  failures: integer().notNull(),
  lastAnswer: text("last_answer"),
  lastDeliveredAt: integer("last_delivered_at"),
  /** JSON of the last test; null before the first. */
  lastTest: text("last_test"),
});

/** What people muted at run time, and what became of it. */
export const silences = sqliteTable(
  "silences",
  {
    seq: integer().primaryKey(),
    /** JSON: matchers. */
    match: text().notNull(),
    comment: text().notNull(),
    createdAt: integer("created_at").notNull(),
    createdBy: text("created_by").notNull(),
    /** Null: until the alert resolves, or 24 h unused. */
    endsAt: integer("ends_at"),
    /** Seq of the alert whose end ends it. */
    untilAlertSeq: integer("until_alert_seq"),
    includeHigh: integer("include_high", { mode: "boolean" }).notNull(),
    hidden: integer().notNull(),
    hiddenHigh: integer("hidden_high").notNull(),
    lastHidAt: integer("last_hid_at"),
    endedAt: integer("ended_at"),
    endReason: text("end_reason"),
  },
  (table) => [index("silences_ended").on(table.endedAt)],
);

/** What people did with alerts, newest last. */
export const acts = sqliteTable(
  "acts",
  {
    /** Of the observation it came as. */
    seq: integer().notNull(),
    alertSeq: integer("alert_seq").notNull(),
    act: text().notNull(),
    at: integer().notNull(),
    by: text().notNull(),
    note: text(),
    /** Of feedback; null of any other. */
    value: text(),
    /** Until when an acknowledgement holds. */
    until: integer(),
  },
  (table) => [index("acts_alert").on(table.alertSeq, table.seq), index("acts_seq").on(table.seq)],
);
