import { isGate } from "../core/decision";
import type { Committed } from "../desk";
import type { Metrics } from "../telemetry/metrics";

/** Counts what was just committed. */
export function countNews(metrics: Metrics, { recorded, seconds }: Committed): void {
  metrics.transaction.observe(seconds);
  for (const { observation, decided, signals } of recorded) {
    for (const { row, news } of signals) {
      if (news !== "new") continue;
      metrics.signals.inc({ source: row.source, direction: row.direction });
      if (row.datedBy !== "mtime") metrics.signalLag.observe(Math.max(0, row.receivedAt - row.observedAt) / 1000);
    }
    for (const { word, rule } of decided.decisions) {
      if (observation.kind === "report" && (rule === "strong-signal" || rule === "opportunity")) metrics.observations.inc({ verdict: word });
      if (isGate(word)) metrics.heldBack.inc({ reason: word });
    }
    for (const { type, priority } of decided.raised) metrics.alerts.inc({ type, priority });
  }
}
