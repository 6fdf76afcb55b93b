import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { openForReading } from "./open";

const NAME = /^virtuoso-\d{8}-\d{6}\.db$/;

/** A whole copy of the database as of one moment, while others read and write it; answers its path. Throws StoreError, and what the disk throws. */
export function backUp(data: string, folder: string, now: number): string {
  using opened = openForReading(data);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `virtuoso-${stampOf(now)}.db`);
  // Under another name until it is whole: a copy that was cut off is none.
  const begun = `${path}.part`;
  rmSync(begun, { force: true });
  opened.raw.prepare("VACUUM INTO ?").run(begun);
  chmodSync(begun, 0o600);
  renameSync(begun, path);
  return path;
}

/** When the newest copy in a folder was made, epoch ms; null where there is none, or no such folder. */
export function newestBackupAt(folder: string): number | null {
  const newest = backupsIn(folder).at(-1);
  return newest === undefined ? null : statSync(join(folder, newest)).mtimeMs;
}

/** Lets go of all but the newest so many. */
export function pruneBackups(folder: string, keep: number): void {
  for (const name of backupsIn(folder).slice(0, -keep)) rmSync(join(folder, name));
}

/** Oldest first: their names tell the time. */
function backupsIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => NAME.test(name)).toSorted();
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** 20260131-102500 */
function stampOf(now: number): string {
  return new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, "").replace("T", "-");
}
