import { constants, Database as SqliteDatabase } from "bun:sqlite";
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { drizzle, type BunSQLiteDatabase } from "drizzle-orm/bun-sqlite";
import { migrate } from "drizzle-orm/bun-sqlite/migrator";
import { formatBytes } from "../core/text";
import { hasLog, isCopyBesideStrayLog, receive, stamp, type Arrival } from "./arrival";
import { storeFaultOf } from "./fault";
import * as schema from "./schema";
import { isUnpartitioned, movePartitions } from "./search-partitions";

const migrationsFolder = join(import.meta.dir, "../../migrations");

/** How long a command waits for another writer. The daemon waits for none: everything it does would wait with it. */
const busyTimeoutMs = 1000;

export type Drizzled = BunSQLiteDatabase<typeof schema> & { readonly $client: SqliteDatabase };

/** An open database: Drizzle above, the raw connection below for what Drizzle has no word for. */
export interface Database extends Disposable {
  readonly path: string;
  readonly raw: SqliteDatabase;
  readonly db: Drizzled;
}

/** The database cannot be used as it is; the message says why and what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  constructor(
    readonly code: "newer-version" | "older-version" | "corrupt" | "not-writable" | "not-readable" | "missing" | "held",
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export function databasePath(data: string): string {
  return join(data, "virtuoso.db");
}

export interface WriteOptions {
  /** False: a power cut may take what was committed. */
  readonly durable?: boolean;
  /** False: once it is open, a lock of another program is an error at once. */
  readonly waits?: boolean;
  /** It was written by an earlier version and is about to be brought up to date: what is logged of it. */
  readonly migrating?: (what: string) => void;
}

/** The database for its one writer, and how it was found. */
export interface WritableDatabase extends Database {
  readonly arrival: Arrival;
}

/** Opens for writing, makes what is missing, applies migrations. A database that was put here gets a new epoch. Throws StoreError. */
export function openForWriting(
  data: string,
  { durable = true, waits = true, migrating }: WriteOptions = {},
): WritableDatabase {
  const path = databasePath(data);
  try {
    mkdirSync(data, { recursive: true });
    const arrival = receive(path, Date.now());
    // It knows who may sign in, and by what: what SQLite makes beside it has the same mode.
    if (!existsSync(path)) writeFileSync(path, "", { mode: 0o600, flag: "a" });
    const database = connect(path, new SqliteDatabase(path, { create: true, readwrite: true }));
    // FULL: what was committed survives a power cut. First of all the busy timeout: without it a start beside another program that
    // is just closing the database would fail at the very next of these.
    for (const pragma of [
      `busy_timeout = ${busyTimeoutMs}`,
      "journal_mode = WAL",
      `synchronous = ${durable ? "FULL" : "OFF"}`,
      "foreign_keys = ON",
      "journal_size_limit = 67108864",
    ]) {
      database.raw.run(`PRAGMA ${pragma}`);
    }
    refuseNewer(database);
    const { applied, newest } = migrationsOf(database.raw);
    if ((applied !== null && applied < newest) || isUnpartitioned(database.raw)) {
      migrating?.(
        `${path} (${formatBytes(statSync(path).size)}) was written by an earlier version and is brought up to ` +
          "date; a large one takes minutes, and nothing is answered until it is done",
      );
    }
    migrate(database.db, { migrationsFolder });
    if (isUnpartitioned(database.raw)) movePartitions(database.raw);
    // Its events were numbered before: who listened to another course of them must not go on in this one.
    if (arrival.copiedIn) database.raw.run("DELETE FROM meta WHERE key = 'epoch'");
    stamp(path, database.raw, durable);
    if (!waits) database.raw.run("PRAGMA busy_timeout = 0");
    return { ...database, arrival };
  } catch (error) {
    throw asStoreError(path, error);
  }
}

/** Opens for reading beside a running daemon, or while it is down; in a folder that may only be read, too. Throws StoreError. */
export function openForReading(data: string): Database {
  const path = databasePath(data);
  refuseUnreadable(path, `no database at ${path}: start the daemon once, or name its folder with --data`);
  return checked(openFileForReading(path), refuseOlder);
}

/** Opens any database of this program, of an earlier version too, and leaves nothing beside it that was not there. Throws StoreError. */
export function openFileForReading(path: string): Database {
  try {
    // A copy was put here and it has not been opened yet: it is whole without what lies beside it.
    return isCopyBesideStrayLog(path) ? readableAsIs(path) : readable(path);
  } catch (error) {
    throw asStoreError(path, error);
  }
}

function readable(path: string): Database {
  const raw = new SqliteDatabase(path, { readonly: true });
  try {
    raw.run("PRAGMA busy_timeout = 5000");
    const database = connect(path, raw);
    refuseNewer(database);
    return database;
  } catch (error) {
    raw.close();
    // In a folder this account may not write, SQLite cannot make what readers share.
    if (storeFaultOf(error) !== "read-only") throw error;
    return hasLog(path) ? readableElsewhere(path) : readableAsIs(path);
  }
}

/** As a file that does not change: without its log, and without anything beside it. */
function readableAsIs(path: string): Database {
  const database = connect(
    path,
    new SqliteDatabase(
      `${pathToFileURL(path).href}?immutable=1`,
      constants.SQLITE_OPEN_READONLY | constants.SQLITE_OPEN_URI,
    ),
  );
  return checked(database, refuseNewer);
}

/** With what its log holds, in a folder of our own. */
function readableElsewhere(path: string): Database {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-read-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    for (const end of ["", "-wal"]) copyFileSync(`${path}${end}`, join(folder, `virtuoso.db${end}`));
    const database = connect(path, new SqliteDatabase(join(folder, "virtuoso.db"), { readwrite: true }));
    return { ...checked(database, refuseNewer), [Symbol.dispose]: () => (database[Symbol.dispose](), remove()) };
  } catch (error) {
    remove();
    throw error;
  }
}

function checked(database: Database, refuse: (database: Database) => void): Database {
  try {
    refuse(database);
    return database;
  } catch (error) {
    database[Symbol.dispose]();
    throw error;
  }
}

/** SQLite would only say that it is unable to open the file. */
function refuseUnreadable(path: string, missing: string): void {
  try {
    if (!statSync(path).isFile()) throw new StoreError("not-readable", `${path} is not a file`);
  } catch (error) {
    if (error instanceof StoreError) throw error;
    const code = error instanceof Error && "code" in error ? error.code : null;
    if (code === "ENOENT" || code === "ENOTDIR") throw new StoreError("missing", missing);
    throw asStoreError(path, error);
  }
}

function connect(path: string, raw: SqliteDatabase): Database {
  return { path, raw, db: drizzle(raw, { schema }), [Symbol.dispose]: () => raw.close() };
}

function refuseNewer({ raw, path }: Database): void {
  const { applied, newest } = migrationsOf(raw);
  if (applied !== null && applied > newest) {
    throw new StoreError(
      "newer-version",
      `${path} was written by a newer version of virtuoso: update, or name another folder with --data`,
    );
  }
}

/** Who only reads cannot bring it up to date. */
function refuseOlder({ raw, path }: Database): void {
  const { applied, newest } = migrationsOf(raw);
  if ((applied !== null && applied < newest) || isUnpartitioned(raw)) {
    throw new StoreError(
      "older-version",
      `${path} was written by an older version of virtuoso: start the daemon once, which brings it up to date`,
    );
  }
}

/** The newest migration the database has had, and the newest there is; null where it has had none. */
function migrationsOf(raw: SqliteDatabase): { readonly applied: number | null; readonly newest: number } {
  // Our own file, written by drizzle-kit: a schema library would cost every command more than reading the database does.
  const journal = JSON.parse(readFileSync(join(migrationsFolder, "meta/_journal.json"), "utf8")) as {
    entries: { when: number }[];
  };
  const newest = Math.max(...journal.entries.map(({ when }) => when));
  const known = raw.query("SELECT name FROM sqlite_master WHERE name = '__drizzle_migrations'").get();
  const applied = known
    ? (raw.query<{ at: number | null }, []>("SELECT max(created_at) AS at FROM __drizzle_migrations").get()?.at ?? null)
    : null;
  return { applied, newest };
}

/** What stopped the database from being opened or loaded, and what to do about it. */
export function asStoreError(path: string, error: unknown): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (storeFaultOf(error) === "corrupt" || /malformed|not a database/i.test(message)) {
    return new StoreError(
      "corrupt",
      `${path} is damaged (${message}): virtuoso restore FILE puts a backup back; without one move it away and ` +
        "start again, the reports are read anew from their folder",
      { cause: error },
    );
  }
  if (message.includes("EACCES") || isOfAnother(path))
    return new StoreError(
      "not-readable",
      `${path} cannot be opened: permission denied; it is for the account the daemon runs as`,
      { cause: error },
    );
  return new StoreError("not-writable", `${path} cannot be opened: ${message}`, { cause: error });
}

function isOfAnother(path: string): boolean {
  try {
    closeSync(openSync(path, "r"));
    return false;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EACCES";
  }
}
