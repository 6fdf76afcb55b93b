import { Problem } from "../api/problems";
import { scannerRoutes } from "../api/routes/scanners";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import type { Scheduler } from "../scanners/scheduler";
import { freshnessOfScanner } from "../views/freshness";
import { judgeScanner } from "../views/health-checks";
import type { ScannerRun } from "../views/scanner-run";
import { isoOf } from "../views/shape";

/** How the periodic readers fare, whichever sections have them. */
export function scansSection({ scheduler, metrics, now }: DaemonParts): Section {
  return {
    name: "scans",
    routes: scannerRoutes({ scan: (name) => scanNow(scheduler, name) }),
    gauges() {
      for (const gauge of [metrics.scannerInterval, metrics.scannerFailures, metrics.scannerMissing]) gauge.forget();
      for (const { name: scanner, intervalMs, failures, lacks, lastSuccessAt } of scheduler.standings()) {
        metrics.scannerInterval.set(intervalMs / 1000, { scanner });
        metrics.scannerFailures.set(failures, { scanner });
        if (failures > 0 || lastSuccessAt !== null)
          metrics.scannerMissing.set(failures > 0 ? 1 : (lacks?.share ?? 0), { scanner });
      }
    },
    freshness: () => scheduler.standings().map((status) => freshnessOfScanner(status, now())),
    health: () =>
      scheduler.standings().map((status) => ({
        name: `scanner:${status.name}`,
        judge: () => judgeScanner(status, now()),
      })),
  };
}

/** Runs one now and answers how it fared. Throws Problem where there is none of that name. */
async function scanNow(scheduler: Scheduler, name: string): Promise<ScannerRun> {
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
