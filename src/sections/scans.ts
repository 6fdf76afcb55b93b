import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { judgeScanner } from "../views/health-checks";

/** How the periodic readers fare, whichever sections have them. */
export function scansSection({ scheduler, metrics, now }: DaemonParts): Section {
  return {
    name: "scans",
    gauges() {
      for (const gauge of [metrics.scannerInterval, metrics.scannerFailures, metrics.scannerMissing]) gauge.forget();
      for (const { name: scanner, intervalMs, failures, lacks, lastSuccessAt } of scheduler.standings()) {
        metrics.scannerInterval.set(intervalMs / 1000, { scanner });
        metrics.scannerFailures.set(failures, { scanner });
        if (failures > 0 || lastSuccessAt !== null)
          metrics.scannerMissing.set(failures > 0 ? 1 : (lacks?.share ?? 0), { scanner });
      }
    },
    health: () =>
      scheduler.standings().map((status) => ({
        name: `scanner:${status.name}`,
        judge: () => judgeScanner(status, now()),
      })),
  };
}
