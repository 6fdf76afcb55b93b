import { isGate } from "../../core/decide/decision";
import type { Direction } from "../../core/signal";
import type { Committed } from "../../committed";
import type { Pattern } from "../../telemetry/catalogue";
import type { Metrics } from "../../telemetry/metrics";

/** Counts what was just committed. */
export function countNews(metrics: Metrics, { recorded, seconds, steps }: Committed): void {
  metrics.transaction.observe(seconds);
  metrics.commitSize.observe(recorded.length);
  metrics.databaseSteps.observe(steps.decide, { step: "decide" });
  metrics.databaseSteps.observe(steps.record, { step: "record" });
  metrics.databaseSteps.observe(Math.max(0, seconds - steps.decide - steps.record), { step: "commit" });
  for (const { observation, decided, signals, opportunities } of recorded) {
    for (const { row, news } of signals) {
      if (news !== "new") continue;
      metrics.signals.inc({ source: row.source, direction: row.direction as Direction });
      if (row.datedBy !== "mtime") metrics.signalLag.observe(Math.max(0, row.receivedAt - row.observedAt) / 1000);
    }
    for (const { pattern } of opportunities) metrics.opportunities.inc({ pattern: pattern as Pattern });
    for (const { word, rule, checks } of decided.decisions) {
      if (observation.kind === "report" && (rule === "strong-signal" || rule === "opportunity"))
        metrics.observations.inc({ verdict: word });
      if (isGate(word)) metrics.heldBack.inc({ reason: word });
      for (const { word: gate, passed } of checks)
        if (isGate(gate)) metrics.gateChecks.inc({ gate, answer: passed ? "passed" : "held" });
    }
    for (const { state: outcome } of decided.changed) metrics.alertsEnded.inc({ outcome });
    for (const { type, priority } of decided.raised) metrics.alerts.inc({ type, priority });
  }
}
