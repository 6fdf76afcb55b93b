import type { Condition } from "../core/decide/state";
import type { Writer } from "../writer";
import { Scheduler, type ScannerStatus } from "../scanners/scheduler";
import type { Log } from "../telemetry/log";
import type { Metrics } from "../telemetry/metrics";

/** One failure may be a blip; a second in a row, or a scan that hangs, is said. */
const failuresToReport = 2;

/** So much that could not be had is as bad as a failure: it does not end an alert that says one. */
const mostlyMissing = 0.5;

/** The scheduler, with what it does counted, logged and judged. */
export function createScheduler(parts: {
  readonly writer: Writer;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly elapsed: () => number;
  readonly inTurn: boolean;
  /** That it fails, where that is said already. */ readonly conditionOf: (scanner: string) => Condition | undefined;
}): Scheduler {
  const { writer, metrics, log, now, elapsed, inTurn, conditionOf } = parts;
  const report = (scanner: string, failing: string | null) => {
    // Asked of what is kept: an earlier run of the program may have said it. One that was held back is said again.
    const condition = conditionOf(scanner);
    if (failing === null ? condition === undefined : condition?.alertSeq !== undefined && condition.alertSeq !== null)
      return;
    void writer.submit({ observation: { kind: "scanner-fared", scanner, failing, receivedAt: now() }, file: null });
  };
  return new Scheduler({
    now,
    elapsed,
    inTurn,
    ended(scanner, outcome, seconds, { failures, lastError, lastSuccessAt, lacks }: ScannerStatus) {
      metrics.scans.inc({ scanner, outcome });
      metrics.scanSeconds.observe(seconds, { scanner });
      if (lastSuccessAt !== null) metrics.scannerLastSuccess.set(lastSuccessAt / 1000, { scanner });
      if (outcome === "succeeded") return report(scanner, null);
      if (lacks !== null) {
        log.warn({ scanner, outcome, missing: lacks.share, why: lacks.why }, "a scan could not have all that was due");
        return lacks.share < mostlyMissing ? report(scanner, null) : undefined;
      }
      log.warn({ scanner, outcome, failures, why: lastError }, "a scan did not succeed");
      if (outcome === "timed-out" || failures >= failuresToReport) report(scanner, lastError ?? outcome);
    },
    overdue: (scanner, why) => report(scanner, why),
  });
}
