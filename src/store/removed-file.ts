import { readdirSync, readlinkSync, realpathSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Another process that still has the file open which was removed from this path, as Linux shows it; null where none is known. */
export function holderOfRemoved(path: string): number | null {
  if (process.platform !== "linux") return null;
  const removed = `${join(realpathSync(dirname(path)), basename(path))} (deleted)`;
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (Number.isInteger(pid) && pid !== process.pid && openFilesOf(pid).includes(removed)) return pid;
  }
  return null;
}

/** None where the process has ended, or is of another account. */
function openFilesOf(pid: number): string[] {
  const folder = `/proc/${pid}/fd`;
  return orNone(() => readdirSync(folder)).flatMap((name) => orNone(() => [readlinkSync(join(folder, name))]));
}

function orNone(read: () => string[]): string[] {
  try {
    return read();
  } catch (error) {
    if (
      error instanceof Error &&
      "code" in error &&
      ["ENOENT", "ESRCH", "EACCES", "EPERM", "ENOTDIR"].includes(String(error.code))
    )
      return [];
    throw error;
  }
}
