import type { Delivery } from "../../core/notify/delivery";
import type { Metrics } from "../../telemetry/metrics";

/** Counts deliveries that came to an end. */
export function countDeliveries(metrics: Metrics, deliveries: readonly Delivery[]): void {
  for (const { channel, purpose, state, createdAt, acceptedAt } of deliveries) {
    if (state === "due") continue;
    metrics.deliveries.inc({ channel, purpose, outcome: state });
    if (state === "sent" && acceptedAt !== null)
      metrics.deliverySeconds.observe(Math.max(0, acceptedAt - createdAt) / 1000, { channel });
  }
}
