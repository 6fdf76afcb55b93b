import { Database } from "bun:sqlite";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { drizzle, type BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import { migrate } from "drizzle-orm/bun-sqlite/migrator";
import { storeFaultOf } from "./fault";
import * as schema from "./schema";

const migrationsFolder = join(import.meta.dir, "../../migrations");

/** How long a command waits for another writer. The daemon waits for none: everything it does would wait with it. */
const busyTimeoutMs = 1000;

export type Drizzled = BunSQLiteDatabase<typeof schema> & { readonly $client: Database };

/** An open database: Drizzle above, the raw connection below for what Drizzle has no word for. */
export interface Opened extends Disposable {
  readonly path: string;
  readonly raw: Database;
  readonly db: Drizzled;
}

/** The database cannot be used as it is; the message says why and what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  constructor(
    readonly code: "newer-version" | "older-version" | "corrupt" | "not-writable" | "missing",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function databasePath(data: string): string {
  return join(data, "virtuoso.db");
}

export interface WritingManner {
  /** False: a power cut may take what was committed. */
  readonly durable?: boolean;
  /** False: once it is open, a lock of another program is an error at once. */
  readonly waits?: boolean;
}

/** Opens for writing, makes what is missing, applies migrations. Throws StoreError. */
export function openForWriting(data: string, { durable = true, waits = true }: WritingManner = {}): Opened {
  const path = databasePath(data);
  try {
    mkdirSync(data, { recursive: true });
    // It knows who may sign in, and by what: what SQLite makes beside it has the same mode.
    if (!existsSync(path)) writeFileSync(path, "", { mode: 0o600, flag: "a" });
    const opened = connect(path, new Database(path, { create: true, readwrite: true }));
    // FULL: what was committed survives a power cut. Without a busy timeout a start beside any other writer would fail.
    for (const pragma of ["journal_mode = WAL", `synchronous = ${durable ? "FULL" : "OFF"}`, `busy_timeout = ${busyTimeoutMs}`, "foreign_keys = ON", "journal_size_limit = 67108864"]) {
      opened.raw.run(`PRAGMA ${pragma}`);
    }
    refuseNewer(opened);
    migrate(opened.db, { migrationsFolder });
    if (!waits) opened.raw.run("PRAGMA busy_timeout = 0");
    return opened;
  } catch (error) {
    throw asStoreError(path, error);
  }
}

/** Opens for reading beside a running daemon, or while it is down. Throws StoreError. */
export function openForReading(data: string): Opened {
  const path = databasePath(data);
  if (!existsSync(path)) throw new StoreError("missing", `no database at ${path}: start the daemon once, or name its folder with --data`);
  try {
    return readable(path, new Database(path, { readonly: true }));
  } catch (error) {
    throw asStoreError(path, error);
  }
}

function readable(path: string, raw: Database): Opened {
  try {
    const opened = connect(path, raw);
    opened.raw.run("PRAGMA busy_timeout = 5000");
    refuseNewer(opened);
    refuseOlder(opened);
    return opened;
  } catch (error) {
    // In a folder this account may not write, SQLite cannot make what readers share. Where nobody writes either, nothing is missed.
    if (storeFaultOf(error) !== "read-only" || existsSync(`${path}-wal`)) throw error;
    raw.close();
    const opened = connect(path, new Database(`file:${encodeURI(path)}?immutable=1`, { readonly: true }));
    refuseNewer(opened);
    refuseOlder(opened);
    return opened;
  }
}

function connect(path: string, raw: Database): Opened {
  return { path, raw, db: drizzle(raw, { schema }), [Symbol.dispose]: () => raw.close() };
}

function refuseNewer({ raw, path }: Opened): void {
  const { applied, newest } = migrationsOf(raw);
  if (applied !== null && applied > newest) {
    throw new StoreError("newer-version", `${path} was written by a newer version of virtuoso: update, or name another folder with --data`);
  }
}

/** Who only reads cannot bring it up to date. */
function refuseOlder({ raw, path }: Opened): void {
  const { applied, newest } = migrationsOf(raw);
  if (applied !== null && applied < newest) {
    throw new StoreError("older-version", `${path} was written by an older version of virtuoso: start the daemon once, which brings it up to date`);
  }
}

/** The newest migration the database has had, and the newest there is; null where it has had none. */
function migrationsOf(raw: Database): { readonly applied: number | null; readonly newest: number } {
  // Our own file, written by drizzle-kit: a schema library would cost every command more than reading the database does.
  const journal = JSON.parse(readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8")) as { entries: { when: number }[] };
  const newest = Math.max(...journal.entries.map(({ when }) => when));
  const known = raw.query("SELECT name FROM sqlite_master WHERE name = '__drizzle_migrations'").get();
  const applied = known ? (raw.query<{ at: number | null }, []>("SELECT max(created_at) AS at FROM __drizzle_migrations").get()?.at ?? null) : null;
  return { applied, newest };
}

function asStoreError(path: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (/malformed|not a database/i.test(message)) {
    return new StoreError("corrupt", `${path} is damaged (${message}): move it away and start again, the reports are read anew from their folder`, { cause: error });
  }
  return new StoreError("not-writable", `${path} cannot be opened: ${message}`, { cause: error });
}
