import { routingReader } from "../../channels/routing";
import type { Config } from "../../config";
import type { ChannelTarget } from "../../core/notify/channel-target";
import { planDeliveries, type Plan } from "../../core/notify/plan";
import type { Channel } from "../../notify/deliver-deps";
import { channelKinds } from "../../notify/channels/index";
import { storedChannels } from "../../store/channels";
import type { Database } from "../../store/db";
import { planReads } from "../../store/plan-reads";
import type { StoreWriter, Recorded } from "../../store/writer";

/** What is owed to channels of what is decided in the daemon's place: it sends that after its next start. */
export function owedWithout(
  config: Config,
  database: Database,
  { deliveries }: StoreWriter,
): (recorded: Recorded) => readonly Plan[] {
  const channels = targetsOf(config, database);
  const routing = routingReader(database, () => config);
  const reads = planReads(database);
  return ({ decided }) => [
    planDeliveries(decided, {
      channels,
      routing: routing(),
      ...reads,
      deliveriesOf: (alertSeq) => deliveries.ofAlert(alertSeq),
      now: Date.now(),
    }),
  ];
}

/** Every channel there is, of the config and made at run time. */
export function targetsOf(config: Config, database: Database): readonly ChannelTarget[] {
  const made = storedChannels(database).flatMap(({ name, kind }) => {
    const known = channelKinds.find((each) => each.kind === kind);
    return known ? [targetOf({ name, kind: known })] : [];
  });
  return [...config.channels.map(targetOf), ...made];
}

function targetOf({
  name,
  kind: { audience, edits },
}: Pick<Channel, "name"> & { readonly kind: Pick<Channel["kind"], "audience" | "edits"> }): ChannelTarget {
  return { name, audience, edits };
}
