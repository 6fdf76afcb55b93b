import { alertTypes, priorities } from "../core/alert";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";

/** The alerts, and what they are about. */
export function alertsSection({ writer, storeGauges, metrics }: DaemonParts): Section {
  return {
    name: "alerts",
    gauges() {
      if (writer.fault !== null) return;
      metrics.openAlerts.forget();
      for (const type of alertTypes) for (const priority of priorities) metrics.openAlerts.set(0, { type, priority });
      for (const { type, priority, count } of storeGauges.openAlerts())
        metrics.openAlerts.set(count, { type, priority });
    },
  };
}
