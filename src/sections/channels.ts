import { Problem, type ProblemCode } from "../api/problems";
import { channelRoutes } from "../api/routes/channels";
import { deliveryRoutes } from "../api/routes/deliveries";
import { channelPatchSchema, newChannelSchema, WrongSettings } from "../channels/channel-settings";
import { ChannelTests, testOwed } from "../channels/channel-tests";
import { ChannelRefused } from "../channels/directory";
import { listingOf } from "../daemon/listing";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { judgeChannels } from "../views/channel-health";

/** A key that was put back is found by itself. */
const unlockEveryMs = 15_000;

/** What people see and change of channels and of what was sent over them. */
export function channelsSection(parts: DaemonParts): Section {
  const { channels, writer } = parts;
  const tests = new ChannelTests(parts);
  return {
    name: "channels",
    routes: [
      ...deliveryRoutes(listingOf(parts)),
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
    health: () => [{ name: "channels", judge: () => judgeChannels(channels.list()) }],
    committed: (news) => tests.committed(news),
    maintain: [{ everyMs: unlockEveryMs, run: () => channels.unlock() }],
  };
}

const problemOf = {
  unknown: "not-found",
  taken: "conflict",
  "of-config": "conflict",
  locked: "conflict",
  "not-stored": "not-stored",
} as const satisfies Readonly<Record<ChannelRefused["code"], ProblemCode>>;

async function inProblems<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof WrongSettings) throw new Problem("validation", undefined, error.issues);
    if (error instanceof ChannelRefused) throw new Problem(problemOf[error.code], error.message);
    throw error;
  }
}
