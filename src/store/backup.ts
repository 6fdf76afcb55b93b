import { Database } from "bun:sqlite";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { storeFaultOf } from "./fault";
import { openForReading, StoreError } from "./db";

const NAME = /^virtuoso-\d{8}-\d{6}\.db$/;

/**
 * A whole copy of the database as of one moment in a folder, named by its time; answers its path. Throws StoreError,
 * and what the disk throws.
 */
export function backUp(data: string, folder: string, now: number): string {
  const path = join(folder, `virtuoso-${stampOf(now)}.db`);
  copyDatabase(data, path);
  return path;
}

/**
 * A whole copy of the database as of one moment, while others read and write it. It counts once it was read through
 * and found whole. Throws StoreError, and what the disk throws.
 */
export function copyDatabase(data: string, path: string): void {
  using database = openForReading(data);
  if (existsSync(path))
    throw new StoreError("not-writable", `${path} is there already: name another file, or move it away`);
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  // Under another name until it is whole: a copy that was cut off is none.
  const begun = `${path}.part`;
  rmSync(begun, { force: true });
  // It says who may sign in: no one else may read even its first byte. What SQLite puts beside it has the same mode.
  closeSync(openSync(begun, "wx", 0o600));
  try {
    database.raw.prepare("VACUUM INTO ?").run(begun);
    assertWhole(begun);
    flushToDisk(begun);
    renameSync(begun, path);
    flushToDisk(dirname(path));
  } catch (error) {
    if (storeFaultOf(error) !== "corrupt") throw error;
    throw new StoreError(
      "corrupt",
      `${database.path} is damaged, no copy was made ` +
        `(${error instanceof Error ? error.message : String(error)}): virtuoso restore FILE puts an earlier ` +
        "backup back",
      { cause: error },
    );
  } finally {
    rmSync(begun, { force: true });
  }
}

/** Reads all of it. Throws what SQLite throws, and StoreError where it answers that something is wrong. */
function assertWhole(path: string): void {
  using copy = new Database(path, { readonly: true });
  const { integrity_check: found } = copy.query<{ integrity_check: string }, []>("PRAGMA integrity_check(1)").get() ?? {
    integrity_check: "no answer",
  };
  if (found !== "ok")
    throw new StoreError(
      "corrupt",
      `the copy is damaged and was thrown away (${found}): virtuoso doctor examines the database and the disk`,
    );
}

function flushToDisk(path: string): void {
  const file = openSync(path, "r");
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** When the newest copy in a folder was made, epoch ms; null where there is none, or no such folder. */
export function newestBackupAt(folder: string): number | null {
  const newest = backupsIn(folder).at(-1);
  return newest === undefined ? null : statSync(join(folder, newest)).mtimeMs;
}

/** Lets go of all but the newest so many, and never of the one just made: a clock that was ahead has left names that look newer. */
export function pruneBackups(folder: string, keep: number, made: string): void {
  const others = backupsIn(folder).filter((name) => join(folder, name) !== made);
  for (const name of others.slice(0, Math.max(0, others.length - (keep - 1)))) rmSync(join(folder, name));
}

/** Oldest first: their names carry the time. */
function backupsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => NAME.test(name))
      .toSorted();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** 20260131-102500 */
function stampOf(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
