import { sql } from "drizzle-orm";
import { blob, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Times are epoch ms. `seq` is the one order of everything: an observation takes one, its items and alerts the next. */

export const meta = sqliteTable("meta", {
  key: text().primaryKey(),
  value: text().notNull(),
});

/** Everything decide was ever shown, as it was shown: replaying it gives the same decisions. */
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

/** The ledger: which files were read, by their content. A row lives as long as its file. */
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

/** The original reports, zstd-compressed; `body` null where it was too large to keep and path and digest must do. */
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

/** One row a signal, as it is known now; every version of it stands in observations. */
export const signals = sqliteTable(
  "signals",
  {
    seq: integer().primaryKey(),
    source: text().notNull(),
    path: text().notNull(),
    symbol: text().notNull(),
    direction: text().notNull(),
    word: text().notNull(),
    score: real(),
    strength: real(),
    reliability: real(),
    price: real(),
    exchange: text(),
    strategy: text(),
    timeframe: text(),
    observedAt: integer("observed_at").notNull(),
    datedBy: text("dated_by").notNull(),
    receivedAt: integer("received_at").notNull(),
    decision: text().notNull(),
    /** How often it was told differently since. */
    revisions: integer().notNull(),
    /** How often the same was told again. */
    twins: integer().notNull(),
    /** The whole signal as it is known now. */
    body: text().notNull(),
  },
  (table) => [
    index("signals_received").on(table.receivedAt, table.seq),
    index("signals_observed").on(table.observedAt, table.seq),
    // One column each: within a value the rows stand in the order of seq, which is the order of the list.
    index("signals_symbol").on(table.symbol),
    index("signals_source").on(table.source),
  ],
);

/** Which signal an identity is, and the highest priority it was alerted at. */
export const identities = sqliteTable(
  "identities",
  {
    key: text().primaryKey(),
    seq: integer()
      .notNull()
      .references(() => signals.seq, { onDelete: "cascade" }),
    observedAt: integer("observed_at").notNull(),
    alerted: text(),
  },
  (table) => [index("identities_seq").on(table.seq)],
);

export const opportunities = sqliteTable(
  "opportunities",
  {
    seq: integer().primaryKey(),
    source: text().notNull(),
    symbol: text().notNull(),
    pattern: text().notNull(),
    confidence: real(),
    alphaPotential: real("alpha_potential"),
    riskLevel: text("risk_level"),
    observedAt: integer("observed_at").notNull(),
    receivedAt: integer("received_at").notNull(),
    decision: text().notNull(),
    body: text().notNull(),
  },
  (table) => [
    index("opportunities_received").on(table.receivedAt, table.seq),
    index("opportunities_symbol").on(table.symbol),
    index("opportunities_source").on(table.source),
    index("opportunities_pattern").on(table.pattern),
  ],
);

export const markets = sqliteTable(
  "markets",
  {
    seq: integer().primaryKey(),
    source: text().notNull(),
    observedAt: integer("observed_at").notNull(),
    receivedAt: integer("received_at").notNull(),
    body: text().notNull(),
  },
  (table) => [index("markets_observed").on(table.observedAt), index("markets_received").on(table.receivedAt)],
);

/** Closed candles as an exchange gave them; `at` is when one opened. */
export const candles = sqliteTable(
  "candles",
  {
    exchange: text().notNull(),
    symbol: text().notNull(),
    timeframe: text().notNull(),
    at: integer().notNull(),
    open: real().notNull(),
    high: real().notNull(),
    low: real().notNull(),
    close: real().notNull(),
    volume: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.exchange, table.symbol, table.timeframe, table.at] })],
);

/** What a closed candle said before the exchange corrected it, at `revisedAt` by our clock: what was judged by it stays explained. */
export const candleRevisions = sqliteTable(
  "candle_revisions",
  {
    exchange: text().notNull(),
    symbol: text().notNull(),
    timeframe: text().notNull(),
    at: integer().notNull(),
    revisedAt: integer("revised_at").notNull(),
    open: real().notNull(),
    high: real().notNull(),
    low: real().notNull(),
    close: real().notNull(),
    volume: real().notNull(),
  },
  (table) => [primaryKey({ columns: [table.exchange, table.symbol, table.timeframe, table.at, table.revisedAt] })],
);

/** What a symbol's beta was when each candle opened at `at` closed: with it the history behind a beta's median outlives the candles. */
export const betas = sqliteTable(
  "betas",
  {
    exchange: text().notNull(),
    benchmark: text().notNull(),
    symbol: text().notNull(),
    timeframe: text().notNull(),
    at: integer().notNull(),
    beta: real().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.exchange, table.benchmark, table.symbol, table.timeframe, table.at] }),
    index("betas_at").on(table.at),
  ],
);

/** What each rule made of each item, with every check. */
export const decisions = sqliteTable(
  "decisions",
  {
    id: integer().primaryKey(),
    observationSeq: integer("observation_seq").notNull(),
    subjectSeq: integer("subject_seq").notNull(),
    /** signal, opportunity, market or observation; null where it was decided before that was kept and cannot be told. */
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
    /** As of decisions; null where it is about none of them, or that cannot be told. */
    subjectKind: text("subject_kind"),
    /** The word for what ended it; null while it stands. */
    endReason: text("end_reason"),
    details: text().notNull(),
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

/** What decide remembers, cell by cell. */
export const cells = sqliteTable(
  "cells",
  {
    kind: text().notNull(),
    key: text().notNull(),
    value: text().notNull(),
  },
  (table) => [primaryKey({ columns: [table.kind, table.key] })],
);

/** What was told, in order: the frames a client that was away asks for. */
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

/** Files, or elements of one (`file#2`), that could not be read. */
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

/** Every set of settings that ever held, from which seq on; the newest holds now. */
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

/** How each account wants its pages. */
export const preferences = sqliteTable("preferences", {
  account: text().primaryKey(),
  /** JSON, as the API takes it. */
  value: text().notNull(),
  updatedAt: integer("updated_at").notNull(),
});

/** Who may sign in. Of secrets only what cannot be turned back is kept, but for the second factor's, which must be computed with and is sealed. */
export const accounts = sqliteTable("accounts", {
  id: integer().primaryKey({ autoIncrement: true }),
  /** Lower case. */
  name: text().notNull().unique(),
  role: text({ enum: ["admin", "trader", "analyst", "viewer", "ingest"] }).notNull(),
  /** argon2id; null where only the identity provider vouches. */
  passwordHash: text("password_hash"),
  totpSecret: text("totp_secret"),
  /** The last time step whose code was taken: none is taken twice. */
  totpStep: integer("totp_step"),
  /** JSON list of the hashes of those not used yet. */
  recoveryHashes: text("recovery_hashes").notNull(),
  /** Issuer and subject at the identity provider. */
  oidcSubject: text("oidc_subject").unique(),
  createdAt: integer("created_at").notNull(),
  lastSignInAt: integer("last_sign_in_at"),
});

/** Everybody who is signed in; what has ended has no row. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    /** Null: the machine's owner, by a one-time link. */
    accountId: integer("account_id").references(() => accounts.id, { onDelete: "cascade" }),
    /** Of the one refresh token that is good now. */
    refreshHash: text("refresh_hash").notNull(),
    createdAt: integer("created_at").notNull(),
    lastSeenAt: integer("last_seen_at").notNull(),
    endsAt: integer("ends_at").notNull(),
    address: text().notNull(),
    agent: text().notNull(),
  },
  (table) => [index("sessions_account").on(table.accountId)],
);

/** Tokens for machines; one that was revoked has no row. */
export const apiTokens = sqliteTable("api_tokens", {
  id: integer().primaryKey({ autoIncrement: true }),
  name: text().notNull().unique(),
  role: text({ enum: ["admin", "trader", "analyst", "viewer", "ingest"] }).notNull(),
  /** Whose it is: it may never do more than he may. Null: the machine's owner's. */
  accountId: integer("account_id").references(() => accounts.id, { onDelete: "cascade" }),
  hash: text().notNull().unique(),
  createdAt: integer("created_at").notNull(),
  expiresAt: integer("expires_at"),
  lastUsedAt: integer("last_used_at"),
});

/** One-time links that wait to be used. */
export const signInLinks = sqliteTable("sign_in_links", {
  hash: text().primaryKey(),
  expiresAt: integer("expires_at").notNull(),
});

/** Who did what: each row carries a hash over itself and the one before. Rows are neither changed nor removed, by triggers of their own. */
export const auditEntries = sqliteTable(
  "audit",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    who: text().notNull(),
    from: text("from_where").notNull(),
    what: text().notNull(),
    subject: text(),
    /** JSON; null where there was nothing, or nothing to be told. */
    before: text(),
    after: text(),
    hash: text().notNull(),
  },
  (table) => [index("audit_at").on(table.at)],
);
