import { Problem, type ProblemCode } from "../api/problems";
import { channelRoutes } from "../api/routes/channels";
import { deliveryRoutes } from "../api/routes/deliveries";
import { channelPatchSchema, newChannelSchema, WrongSettings } from "../channels/channel-settings";
import { ChannelTests, testOwed } from "../channels/channel-tests";
import { actOnDelivery, DeliveryRefused, type DeliveryAct } from "../channels/delivery-acts";
import { ChannelRefused } from "../channels/directory";
import { listingOf } from "../daemon/listing";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import type { By } from "../settings";
import { judgeChannels } from "../views/channel-health";
import { countDeliveries } from "./notify/count-deliveries";

/** A key that was put back is found by itself. */
const unlockEveryMs = 15_000;

/** What people see and change of channels and of what was sent over them. */
export function channelsSection(parts: DaemonParts): Section {
  const { channels, writer } = parts;
  const tests = new ChannelTests(parts);
  const act = async (name: DeliveryAct, id: string, by: By) => {
    const deps = { ...parts, hasChannel: (channel: string) => channels.has(channel) };
    const { row, shape } = await inProblems(actOnDelivery(deps, name, id, by));
    countDeliveries(parts.metrics, [row]);
    if (name === "retry") channels.mend(row.channel);
    return shape;
  };
  return {
    name: "channels",
    routes: [
      ...deliveryRoutes({
        ...listingOf(parts),
        retry: (id, by) => act("retry", id, by),
        withdraw: (id, by) => act("withdraw", id, by),
      }),
      ...channelRoutes({
        newChannel: newChannelSchema,
        patch: channelPatchSchema,
        list: () => channels.list(),
        create: (asked, by) => inProblems(channels.create(writer, asked, by)),
        change: (name, patch, by) => inProblems(channels.change(writer, name, patch, by)),
        remove: (name, by) => inProblems(channels.remove(writer, name, by)),
        test: (name, by) => inProblems(tests.run(name, by)),
      }),
    ],
    owed: testOwed,
    health: () => [{ name: "channels", judge: () => judgeChannels(channels.standings()) }],
    committed: (news) => tests.committed(news),
    maintain: [{ everyMs: unlockEveryMs, run: () => channels.unlock() }],
  };
}

const problemOf = {
  unknown: "not-found",
  ended: "conflict",
  taken: "conflict",
  "of-config": "conflict",
  locked: "conflict",
  "not-stored": "not-stored",
} as const satisfies Readonly<Record<(ChannelRefused | DeliveryRefused)["code"], ProblemCode>>;

async function inProblems<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WrongSettings) throw new Problem("validation", undefined, error.issues);
    if (error instanceof DeliveryRefused) throw new Problem(problemOf[error.code], error.message);
    if (error instanceof ChannelRefused) throw new Problem(problemOf[error.code], error.message);
    throw error;
  }
}
