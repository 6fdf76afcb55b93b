import { randomUUID } from "node:crypto";
import { statSync } from "node:fs";
import { open, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf } from "../../core/system-error";
import { wordsOf } from "./error-words";
import { failed, ok, warning, type DoctorCheck } from "./finding";

const writes = 15;
/** A page of the database and its frame in the log. */
const written = Buffer.alloc(4120, 1);
/** The desk collects so long before it commits. */
const collectsForMs = 2;
const slowFromMs = 25;

/** A commit waits for the disk: how long that takes is how late an alert goes out. */
export const checkFsync: DoctorCheck = async ({ data }) => {
  const folder = existing(data);
  const path = join(folder, `.fsync-${randomUUID()}`);
  try {
    const medianMs = await medianFsyncMs(path);
    const lateMs = Math.ceil(collectsForMs + medianMs);
    const measured = `takes ${medianMs.toFixed(2)} ms in ${folder} (median of ${writes})`;
    const described = `${measured}: an alert goes out about ${lateMs} ms after its report was read`;
    return [
      medianMs < slowFromMs
        ? ok("fsync", described)
        : warning("fsync", `${described}; a faster disk for --data would help`),
    ];
  } catch (error) {
    if (codeOf(error) === "EACCES" || codeOf(error) === "EROFS")
      return [
        warning("fsync", `not measured: this account cannot write in ${folder}; run it as the account of the daemon`),
      ];
    return [failed("fsync", `cannot be measured in ${folder}: ${wordsOf(error)}`)];
  }
};

async function medianFsyncMs(path: string): Promise<number> {
  const file = await open(path, "wx", 0o600);
  try {
    const took: number[] = [];
    for (let write = 0; write < writes; write++) {
      await file.write(written);
      const startedAt = performance.now();
      await file.sync();
      took.push(performance.now() - startedAt);
    }
    return took.toSorted((a, b) => a - b)[Math.floor(writes / 2)] ?? Number.NaN;
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
}

/** The folder itself, or the nearest above it that is there: on the same disk, as far as can be known. */
function existing(folder: string): string {
  return isFolder(folder) || dirname(folder) === folder ? folder : existing(dirname(folder));
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes(codeOf(error) ?? "")) return false;
    throw error;
  }
}
