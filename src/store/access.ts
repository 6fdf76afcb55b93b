import { and, eq, isNull, lt, ne, or, sql } from "drizzle-orm";
import type { Database } from "./db";
import { accounts, apiTokens, sessions, signInLinks } from "./schema";

export type AccountRow = typeof accounts.$inferSelect;
export type NewAccount = typeof accounts.$inferInsert;
export type SessionRow = typeof sessions.$inferSelect;
export type ApiTokenRow = typeof apiTokens.$inferSelect;
export type NewApiToken = typeof apiTokens.$inferInsert;

/** Accounts, sessions, tokens and links. Every method throws what SQLite throws. */
export class AccessStore {
  readonly #database: Database;
  readonly #sessionById;
  readonly #accountById;
  readonly #tokenByHash;

  constructor(database: Database) {
    this.#database = database;
    const { db } = database;
    this.#sessionById = db
      .select()
      .from(sessions)
      .where(eq(sessions.id, sql.placeholder("id")))
      .prepare();
    this.#accountById = db
      .select()
      .from(accounts)
      .where(eq(accounts.id, sql.placeholder("id")))
      .prepare();
    this.#tokenByHash = db
      .select()
      .from(apiTokens)
      .where(eq(apiTokens.hash, sql.placeholder("hash")))
      .prepare();
  }

  /** All of it as one commit, or none. */
  transact<T>(work: () => T): T {
    return this.#database.raw.transaction(work).immediate();
  }

  accounts(): AccountRow[] {
    return this.#database.db.select().from(accounts).orderBy(accounts.name).all();
  }

  account(id: number): AccountRow | undefined {
    return this.#accountById.get({ id });
  }

  accountNamed(name: string): AccountRow | undefined {
    return this.#database.db.select().from(accounts).where(eq(accounts.name, name)).get();
  }

  accountOf(oidcSubject: string): AccountRow | undefined {
    return this.#database.db.select().from(accounts).where(eq(accounts.oidcSubject, oidcSubject)).get();
  }

  addAccount(account: NewAccount): AccountRow {
    return this.#database.db.insert(accounts).values(account).returning().get();
  }

  changeAccount(id: number, change: Partial<NewAccount>): void {
    this.#database.db.update(accounts).set(change).where(eq(accounts.id, id)).run();
  }

  /** Writes every account anew as `change` makes it and overwrites what stood there, in the file and in its log. */
  rewriteAccounts(change: (row: AccountRow) => AccountRow): void {
    const { raw, db } = this.#database;
    const { secure_delete: before } = raw.query<{ secure_delete: number }, []>("PRAGMA secure_delete").get() ?? {
      secure_delete: 0,
    };
    // What hangs on an account stays: it comes back under its number in the same commit.
    raw.run("PRAGMA foreign_keys = OFF");
    raw.run("PRAGMA secure_delete = ON");
    try {
      this.transact(() => {
        const rows = this.accounts();
        db.delete(accounts).run();
        for (const row of rows) db.insert(accounts).values(change(row)).run();
      });
    } finally {
      raw.run(`PRAGMA secure_delete = ${before}`);
      raw.run("PRAGMA foreign_keys = ON");
    }
    raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
  }

  removeAccount(id: number): void {
    this.#database.db.delete(accounts).where(eq(accounts.id, id)).run();
  }

  session(id: string): SessionRow | undefined {
    return this.#sessionById.get({ id });
  }

  /** Of an account; null: of the machine's owner. */
  sessionsOf(accountId: number | null): SessionRow[] {
    return this.#database.db.select().from(sessions).where(ofAccount(accountId)).orderBy(sessions.createdAt).all();
  }

  addSession(session: SessionRow): void {
    this.#database.db.insert(sessions).values(session).run();
  }

  changeSession(id: string, change: Partial<SessionRow>): void {
    this.#database.db.update(sessions).set(change).where(eq(sessions.id, id)).run();
  }

  endSession(id: string): void {
    this.#database.db.delete(sessions).where(eq(sessions.id, id)).run();
  }

  endSessionsOf(accountId: number | null, except: string | null): void {
    this.#database.db
      .delete(sessions)
      .where(and(ofAccount(accountId), except === null ? undefined : ne(sessions.id, except)))
      .run();
  }

  /** Lets go of what is over at `now`, or was not seen since `seenBefore`. */
  dropEnded(now: number, seenBefore: number): void {
    this.#database.db
      .delete(sessions)
      .where(or(lt(sessions.endsAt, now), lt(sessions.lastSeenAt, seenBefore)))
      .run();
    this.#database.db.delete(signInLinks).where(lt(signInLinks.expiresAt, now)).run();
  }

  tokens(): ApiTokenRow[] {
    return this.#database.db.select().from(apiTokens).orderBy(apiTokens.name).all();
  }

  tokenByHash(hash: string): ApiTokenRow | undefined {
    return this.#tokenByHash.get({ hash });
  }

  token(id: number): ApiTokenRow | undefined {
    return this.#database.db.select().from(apiTokens).where(eq(apiTokens.id, id)).get();
  }

  tokenNamed(name: string): ApiTokenRow | undefined {
    return this.#database.db.select().from(apiTokens).where(eq(apiTokens.name, name)).get();
  }

  addToken(token: NewApiToken): ApiTokenRow {
    return this.#database.db.insert(apiTokens).values(token).returning().get();
  }

  markTokenUsed(id: number, at: number): void {
    this.#database.db.update(apiTokens).set({ lastUsedAt: at }).where(eq(apiTokens.id, id)).run();
  }

  removeToken(id: number): void {
    this.#database.db.delete(apiTokens).where(eq(apiTokens.id, id)).run();
  }

  addLink(hash: string, expiresAt: number): void {
    this.#database.db.insert(signInLinks).values({ hash, expiresAt }).run();
  }

  link(hash: string): { readonly expiresAt: number } | undefined {
    return this.#database.db.select().from(signInLinks).where(eq(signInLinks.hash, hash)).get();
  }

  /** True for the one who takes it first. */
  takeLink(hash: string): boolean {
    return this.#database.db.delete(signInLinks).where(eq(signInLinks.hash, hash)).returning().all().length > 0;
  }
}

function ofAccount(accountId: number | null) {
  return accountId === null ? isNull(sessions.accountId) : eq(sessions.accountId, accountId);
}
