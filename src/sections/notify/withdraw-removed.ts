import type { Delivery } from "../../core/notify/delivery";
import { formatCount } from "../../core/text";
import type { DaemonParts } from "../../daemon/parts";
import { deliveryChanged } from "../../views/events";
import { countDeliveries } from "./count-deliveries";
import type { Keeper } from "./keeper";

type Parts = Pick<DaemonParts, "storeWriter" | "metrics" | "log" | "now">;

/** Takes back what is due to channels that are no more, and forgets how they fared: one of the same name begins anew. */
export function withdrawRemoved(parts: Parts, keeper: Keeper, names: readonly string[]): void {
  const { deliveries } = parts.storeWriter;
  const gone = new Set(
    [...deliveries.channelsDue(), ...deliveries.channels.names()].filter((name) => !names.includes(name)),
  );
  for (const channel of gone) void withdraw(parts, keeper, channel);
}

async function withdraw({ metrics, log, now }: Parts, keeper: Keeper, channel: string): Promise<void> {
  let withdrawn: Delivery[] = [];
  const at = now();
  const mark = { state: "withdrawn", endedAt: at, lastAnswer: "the channel was removed" } as const;
  const isStored = await keeper.submit({
    mark({ deliveries, epoch }, publish) {
      withdrawn = deliveries.dueTo(channel).flatMap((seq) => deliveries.mark({ seq, ...mark }) ?? []);
      for (const row of withdrawn) publish((seq) => deliveryChanged(row, epoch, seq, at));
      deliveries.channels.remove(channel);
    },
  });
  if (!isStored || withdrawn.length === 0) return;
  countDeliveries(metrics, withdrawn);
  const count = formatCount(withdrawn.length, "delivery", "deliveries");
  log.warn({ channel, withdrawn: withdrawn.length }, `channel ${channel} is no more: ${count} withdrawn`);
}
