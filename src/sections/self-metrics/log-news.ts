import type { Recorded } from "../../store/writer";
import type { Log } from "../../telemetry/log";
import { correlationId } from "../../views/trace";

/** One line a report, found again in its trace by the same id; an alert has a line of its own. */
export function logNews(log: Log, recorded: readonly Recorded[]): void {
  for (const { observation, decided, alerts, changedAlerts } of recorded) {
    const id = correlationId(observation.seq);
    if (observation.kind === "report") {
      const { source, file, refusals, backlog } = observation;
      const words = decided.decisions.map(({ word }) => word);
      const refused = refusals.map(({ reason }) => reason);
      log[backlog ? "debug" : "info"](
        { report: id, source, file, words, ...(refused.length > 0 ? { refused } : {}) },
        refused.length > 0 ? "report refused" : "report read",
      );
    }
    for (const { seq, type, priority, message } of alerts)
      log.info({ report: id, alert: `a${seq}`, type, priority }, `alert: ${message}`);
    for (const { seq, state } of changedAlerts) log.info({ alert: `a${seq}`, state }, "alert ended");
  }
}
