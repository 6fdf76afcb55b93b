import { join } from "node:path";
import type { Config } from "../config";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { backupScanner } from "../scanners/backup";
import type { Scanner } from "../scanners/scheduler";
import { newestBackupAt } from "../store/backup";

const cli = join(import.meta.dir, "../cli.ts");

/** Copies of the database, where the config asks for them. */
export function backupsSection(parts: DaemonParts): Section {
  return {
    name: "backups",
    scanners: (config) => scannersOf(config, parts),
  };
}

/** By a process of its own: copying a large database takes seconds in which nothing else would be answered. */
function scannersOf(config: Config, { now, times }: DaemonParts): Scanner[] {
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
