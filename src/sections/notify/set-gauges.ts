import type { ChannelDeliverer } from "../../notify/deliver";
import type { Metrics } from "../../telemetry/metrics";

/** What waits, for how long the oldest of it, and which channels take anything. */
export function setGauges(
  metrics: Metrics,
  { due, oldestAt }: { readonly due: number; readonly oldestAt: number | null },
  channels: readonly ChannelDeliverer[],
  now: number,
): void {
  metrics.outboxDue.set(due);
  metrics.outboxOldestDue.set(oldestAt === null ? 0 : Math.max(0, now - oldestAt) / 1000);
  metrics.channelUp.forget();
  for (const { channel, health } of channels)
    metrics.channelUp.set(health.state === "up" ? 1 : 0, { channel: channel.name });
}
