import type { Condition } from "../core/decide/state";
import { exchangeClockCondition } from "../core/decide/rules/exchange-clock";
import { failingCondition } from "../core/decide/rules/scanner-failing";
import { ExchangeClocks } from "../scanners/exchange-clocks";
import { FailureReports } from "../scanners/failure-reports";
import { Scheduler } from "../scanners/scheduler";
import type { Log } from "../telemetry/log";
import type { Metrics } from "../telemetry/metrics";
import type { Writer } from "../writer";
import type { DaemonParts } from "./parts";
import { scanTimesOf } from "./scanners";

type Scans = Pick<DaemonParts, "scheduler" | "clocks" | "times">;

/** What runs the periodic readers, and how far our clock is from those of the exchanges that they read. */
export function createScans(
  parts: Pick<DaemonParts, "writer" | "settings" | "storeWriter" | "metrics" | "log" | "now" | "scanElapsed">,
  inTurn: boolean,
  stack: AsyncDisposableStack,
): Scans {
  const { writer, settings, storeWriter, now, scanElapsed } = parts;
  const conditionOf = (scanner: string) => failingCondition(storeWriter.state, scanner);
  return {
    scheduler: stack.use(createScheduler({ ...parts, elapsed: scanElapsed, inTurn, conditionOf })),
    times: scanTimesOf(() => settings.config),
    clocks: new ExchangeClocks({
      conditionOf: (exchange) => exchangeClockCondition(storeWriter.state, exchange),
      report(exchange, aheadMs) {
        const observation = { kind: "exchange-clock", exchange, aheadMs, receivedAt: now() } as const;
        void writer.submit({ observation, file: null });
      },
    }),
  };
}

/** The scheduler, with what it does counted and logged; what is to be reported of it goes to the writer. */
export function createScheduler(parts: {
  readonly writer: Writer;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  readonly elapsed: () => number;
  readonly inTurn: boolean;
  /** That it fails, where that is known already. */
  readonly conditionOf: (scanner: string) => Condition | undefined;
}): Scheduler {
  const { writer, metrics, log, now, elapsed, inTurn, conditionOf } = parts;
  const reports = new FailureReports({
    conditionOf,
    report: (scanner, failing) =>
      void writer.submit({ observation: { kind: "scanner-fared", scanner, failing, receivedAt: now() }, file: null }),
  });
  return new Scheduler({
    now,
    elapsed,
    inTurn,
    ended(scanner, outcome, seconds, status) {
      const { failures, lastError, lastSuccessAt, lacks } = status;
      metrics.scans.inc({ scanner, outcome });
      metrics.scanSeconds.observe(seconds, { scanner });
      if (lastSuccessAt !== null) metrics.scannerLastSuccess.set(lastSuccessAt / 1000, { scanner });
      if (lacks !== null)
        log.warn({ scanner, outcome, missing: lacks.share, why: lacks.why }, "a scan is missing part of what was due");
      else if (outcome !== "succeeded") log.warn({ scanner, outcome, failures, why: lastError }, "a scan failed");
      reports.ended(scanner, outcome, status);
    },
    overdue: (scanner, why) => reports.overdue(scanner, why),
  });
}
