import { join } from "node:path";
import type { Config } from "../config";
import { backupScanner } from "../scanners/backup";
import type { Scanner } from "../scanners/scheduler";
import { newestBackupAt } from "../store/backup";
import type { TimesOf } from "./scanners";

const cli = join(import.meta.dir, "../cli.ts");

/** Makes copies where the config asks for them. By a process of its own: copying a large database takes seconds nobody shall wait for. */
export function backupScannersOf(config: Config, now: () => number, times: TimesOf): Scanner[] {
  const { dir, everyMs, keep } = config.backup;
  if (everyMs === null) return [];
  const backUp = async (signal: AbortSignal) => {
    // By what holds here, not by what the file says by now.
    const words = ["backup", dir, "--keep", String(keep), "--data", config.data];
    const child = Bun.spawn([process.execPath, cli, ...words], {
      stdin: "ignore",
      stdout: "ignore",
      stderr: "pipe",
      signal,
    });
    const [output, code] = await Promise.all([new Response(child.stderr).text(), child.exited]);
    if (code !== 0) throw new Error(output.trim().slice(0, 300) || `the backup ended with ${code}`);
  };
  return [
    backupScanner(
      { everyMs, newestAt: () => newestBackupAt(dir), now, backUp },
      times("backup", () => ({ intervalMs: Math.min(everyMs, 15 * 60_000), timeoutMs: 10 * 60_000 })),
    ),
  ];
}
