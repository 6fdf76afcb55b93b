import type { Config } from "../config";
import type { ScanTimes, Scheduler } from "../scanners/scheduler";
import { Problem } from "../api/problems";
import { isoOf } from "../views/shape";
import type { ScannerRun } from "../views/scanner-run";

/** A scanner's own interval and timeout where the config says so. */
export type TimesOf = (name: string, usual: () => ScanTimes) => () => ScanTimes;

export function scanTimesOf(config: () => Config): TimesOf {
  return (name, usual) => () => {
    const { intervalMs, timeoutMs } = usual();
    const given = config().file.scanners?.[name];
    return { intervalMs: given?.interval ?? intervalMs, timeoutMs: given?.timeout ?? timeoutMs };
  };
}

/** Runs one now and answers how it fared. Throws Problem where there is none of that name. */
export async function scanNow(scheduler: Scheduler, name: string): Promise<ScannerRun> {
  const names = scheduler.standings().map((status) => status.name);
  if (!names.includes(name))
    throw new Problem("not-found", `there is no scanner ${name}; there are ${names.join(", ") || "none"}`);
  const { lastSaw, lastError, waitsFor, failures, lastSuccessAt } = await scheduler.run(name);
  return {
    name,
    saw: lastSaw,
    error: lastError,
    waits_for: waitsFor,
    failures,
    last_success_at: lastSuccessAt === null ? null : isoOf(lastSuccessAt),
  };
}
