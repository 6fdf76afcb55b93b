import type { Priority } from "../core/alert";
import { planDeliveries } from "../core/notify/plan";
import { reminderAfter } from "../core/notify/remind";
import { routesOf, type Routing } from "../core/notify/route";
import type { Recorded } from "../store/writer";
import { routingReader } from "../channels/routing";
import type { DaemonParts } from "../daemon/parts";
import { groupsOf, type Section } from "../daemon/section";
import { chance } from "../notify/chance";
import type { Channel } from "../notify/deliver-deps";
import { Deliverers } from "../notify/deliverers";
import { createMail } from "../notify/mail";
import { Pacers } from "../notify/pace";
import { createPost } from "../notify/post";
import { alertAt } from "../store/alerts";
import { planReads } from "../store/plan-reads";
import { createAlertDetails } from "./notify/alert-details";
import { BrokenChannels } from "./notify/broken-channels";
import { countDeliveries } from "./notify/count-deliveries";
import { Diskless } from "./notify/diskless";
import { Keeper } from "./notify/keeper";
import { setGauges } from "./notify/set-gauges";
import { withdrawRemoved } from "./notify/withdraw-removed";
import { writeMessage } from "./notify/write-message";

/** What leaves the machine: what is owed is written with what was decided, and sent once that is committed. */
export function notifySection(parts: DaemonParts): Section {
  const { writer, database, storeWriter, publicUrl, settings, channels, metrics, log, now } = parts;
  const { deliveries } = storeWriter;
  const ending = new AbortController();
  const reads = planReads(database);
  const routing = routingReader(database, () => settings.config);
  const keeper = new Keeper(parts, (row) => {
    const state = row.alertSeq === null ? undefined : alertAt(database, row.alertSeq);
    if (state?.state !== "open") return null;
    const context = { ...reads, routing: routing(), channels: deliverers.targets, now: now() };
    return reminderAfter(row, state.priority as Priority, deliveries.ofAlert(state.seq), context);
  });
  const broken = new BrokenChannels(parts, keeper);
  const messageParts = { routing, database, storeWriter, publicUrl, settings, alertDetails: createAlertDetails(parts) };
  const deliverers = new Deliverers(
    {
      outbox: deliveries,
      canStore: () => writer.trouble === null,
      write: (channel, message, at, countsStale) => writeMessage(messageParts, channel, message, at, countsStale),
      keep: (trace) => keeper.keep(trace, now()),
      fared: (channel, why) => broken.note(channel, why),
      failed: (channel, error) => log.error({ channel, err: error }, `a message to ${channel} could not be sent`),
      post: createPost(ending.signal),
      mail: createMail(ending.signal),
      pacers: new Pacers(),
      now,
      chance,
    },
    (name) => deliveries.channels.of(name),
  );
  const diskless = new Diskless(parts, deliverers);
  const follow = (all: readonly Channel[]) => {
    const names = all.map(({ name }) => name);
    withdrawRemoved(parts, keeper, names);
    broken.follow(names);
    deliverers.follow(all);
    metrics.know(groupsOf(parts.sections, parts.settings.config));
  };
  deliverers.follow(channels.channels);
  const wakeSoon = afterThisTurn((names) => {
    for (const name of names) deliverers.wake(name);
  });
  channels.connect({ follow, mend: (name) => deliverers.of(name)?.mend() });
  return {
    name: "notify",
    groups: (config) => ({ channels: channels.namesUnder(config.channels) }),
    gauges: () => setGauges(metrics, deliveries.backlog(now()), deliverers.all, now()),
    owed: ({ decided }) =>
      planDeliveries(decided, {
        channels: deliverers.targets,
        routing: routing(),
        ...reads,
        deliveriesOf: (alertSeq) => deliveries.ofAlert(alertSeq),
        now: now(),
      }),
    committed({ recorded, owed, over }) {
      countDeliveries(metrics, over);
      metrics.alertsUnrouted.inc({}, countUnrouted(recorded, routing()));
      for (const { channel } of owed) wakeSoon(channel);
    },
    tick() {
      diskless.tick();
      deliverers.wakeAll();
    },
    follow(config) {
      channels.follow(config.channels);
      return Promise.resolve();
    },
    start() {
      deliverers.wakeAll();
      return {
        async [Symbol.asyncDispose]() {
          await deliverers.stop(() => {
            keeper.stop();
            ending.abort();
          });
          keeper.stop();
        },
      };
    },
  };
}

/** Alerts no route takes stay on the page. */
function countUnrouted(recorded: readonly Recorded[], { routes }: Routing): number {
  if (routes === null) return 0;
  return recorded.reduce(
    (sum, { decided }) => sum + decided.raised.filter((alert) => routesOf(alert, routes).length === 0).length,
    0,
  );
}

/**
 * Calls with all that was given since, once the sockets have what was written to them: the loop sends that when it has run
 * dry, and a timer comes after it.
 */
function afterThisTurn(call: (names: ReadonlySet<string>) => void): (name: string) => void {
  let waiting = new Set<string>();
  return (name) => {
    if (waiting.size === 0)
      setTimeout(() => {
        const names = waiting;
        waiting = new Set();
        call(names);
      }, 0);
    waiting.add(name);
  };
}
