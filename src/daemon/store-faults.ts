import type { StoreFault } from "../core/store-fault";
import { isoOf } from "../views/shape";
import type { DaemonParts } from "./parts";
import { storeAlert } from "../views/store-alert";

/** Says that the store takes nothing, or takes again (null), by ways that need no disk: the log, a metric, the sockets. */
export function announceStoreFault(
  {
    log,
    metrics,
    sources,
    overview,
    hub,
    now,
  }: Pick<DaemonParts, "log" | "metrics" | "sources" | "overview" | "hub" | "now">,
  fault: StoreFault | null,
  error: unknown,
): void {
  if (fault === null) {
    log.warn("the database takes what it is given again; what was not stored is read again from the folders");
    void sources.startOver();
  } else {
    metrics.storeFaults.inc({ fault });
    log.error({ fault, err: error }, `nothing can be stored: ${fault}`);
  }
  const before = overview.unstored;
  const storeAlerts = fault === null ? [] : [storeAlert(fault, now())];
  overview.putUnstored(storeAlerts);
  const ended = before.map((alert) => ({
    ...alert,
    state: "resolved" as const,
    ended_at: isoOf(now()),
    end_reason: "condition-over" as const,
  }));
  for (const alert of ended) hub.announce({ type: "alert_changed", timestamp: isoOf(now()), alert });
  for (const alert of storeAlerts) hub.announce({ type: "new_alert", timestamp: isoOf(now()), alert });
  hub.announce({ type: "store_fault", timestamp: isoOf(now()), fault });
  hub.broadcastSnapshot();
}
