import { Database } from "bun:sqlite";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { asideFolder, hasLog, isCopyBesideStrayLog } from "./arrival";
import { storeFaultOf } from "./fault";
import { databasePath, openFileForReading, StoreError } from "./db";

/** What a backup holds, and where what it replaced is kept: null where there was nothing. */
export interface Restored {
  readonly signals: number;
  readonly alerts: number;
  /** When the newest of either came, epoch ms; null where there is none. */
  readonly newestAt: number | null;
  readonly setAside: string | null;
}

/**
 * Puts a backup in the place of a data folder's database. Whoever calls has the folder's writer lock. The file is read through
 * before anything is touched; what lay there is kept beside it with its log; a crash on the way leaves the old or the new, whole.
 * Throws StoreError, and what the disk throws.
 */
export function restoreDatabase(file: string, data: string, now: number): Restored {
  const target = databasePath(data);
  if (existsSync(target) && realpathSync(file) === realpathSync(target))
    throw new StoreError("not-readable", `${file} is the database in use already: name a backup`);
  const held = readThrough(file);
  for (const name of readdirSync(data))
    if (name.startsWith(unfinished)) rmSync(join(data, name), { recursive: true, force: true });
  const work = join(data, `${unfinished}${process.pid}`);
  mkdirSync(work, { mode: 0o700 });
  try {
    const copy = join(work, "virtuoso.db");
    copyWhole(file, copy);
    const setAside = keepOld(target, now);
    // Not in WAL mode: should the next line be the last, a log that is still there is known to be another's.
    renameSync(copy, target);
    for (const end of ["-wal", "-shm"]) rmSync(`${target}${end}`, { force: true });
    flush(data);
    return { ...held, setAside };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

const unfinished = ".restoring-";

/** Answers what it holds. Throws StoreError where it is no whole database of this program. */
export function readThrough(file: string): Omit<Restored, "setAside"> {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile())
    throw new StoreError(
      "missing",
      existsSync(file) ? `${file} is a folder: name one of the backups in it` : `no such file: ${file}`,
    );
  const refused = (why: string, cause?: unknown) =>
    new StoreError("corrupt", `${file} cannot be restored: ${why}; nothing was changed`, { cause });
  try {
    using database = openFileForReading(file);
    const { raw } = database;
    const { integrity_check: found } = raw
      .query<{ integrity_check: string }, []>("PRAGMA integrity_check(1)")
      .get() ?? { integrity_check: "no answer" };
    if (found !== "ok") throw refused(`it is damaged (${found.replaceAll(/\s+/g, " ")})`);
    const tables = new Set(
      raw
        .query<{ name: string }, []>("SELECT name FROM sqlite_master WHERE type = 'table'")
        .all()
        .map(({ name }) => name),
    );
    if (!["__drizzle_migrations", "meta", "signals", "alerts"].every((name) => tables.has(name)))
      throw refused("it is no database of virtuoso");
    const { signals, alerts, newestAt } = raw
      .query<{ signals: number; alerts: number; newestAt: number | null }, []>(
        "SELECT (SELECT count(*) FROM signals) AS signals, (SELECT count(*) FROM alerts) AS alerts, " +
          "max((SELECT max(received_at) FROM signals), ifnull((SELECT max(raised_at) FROM alerts), 0)) AS " +
          "newestAt",
      )
      .get() ?? { signals: 0, alerts: 0, newestAt: null };
    return { signals, alerts, newestAt };
  } catch (error) {
    const damaged =
      error instanceof StoreError ? storeFaultOf(error.cause) === "corrupt" : storeFaultOf(error) === "corrupt";
    if (damaged)
      throw refused(
        "it is damaged, or no database " +
          `(${(error instanceof StoreError && error.cause instanceof Error ? error.cause : (error as Error)).message})`,
        error,
      );
    throw error;
  }
}

/** With what its log holds, in one file that needs none, on the disk for good. */
function copyWhole(file: string, copy: string): void {
  copyFileSync(file, copy);
  if (hasLog(file) && !isCopyBesideStrayLog(file)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  {
    using database = new Database(copy, { readwrite: true });
    database.run("PRAGMA journal_mode = DELETE");
  }
  flush(copy, 0o600);
}

/** The old database and its log together: so it can be put back itself. */
function keepOld(target: string, now: number): string | null {
  const there = ["", "-wal"].filter((end) => existsSync(`${target}${end}`));
  if (there.length === 0) return null;
  const folder = asideFolder(target, now);
  mkdirSync(folder, { mode: 0o700 });
  for (const end of there) keep(`${target}${end}`, join(folder, `virtuoso.db${end}`));
  flush(folder);
  return folder;
}

/** Under a second name, so that it never is without one; a copy where the disk knows no second names. */
function keep(path: string, kept: string): void {
  try {
    linkSync(path, kept);
  } catch (error) {
    if (
      !(
        error instanceof Error &&
        "code" in error &&
        ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"].includes(String(error.code))
      )
    )
      throw error;
    copyFileSync(path, kept);
  }
}

function flush(path: string, mode?: number): void {
  const file = openSync(path, "r");
  try {
    if (mode !== undefined) chmodSync(path, mode);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
