import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

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

export const signInLinks = sqliteTable("sign_in_links", {
  hash: text().primaryKey(),
  expiresAt: integer("expires_at").notNull(),
});
