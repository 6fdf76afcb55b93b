import { planDeliveries } from "../core/notify/plan";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { chance } from "../notify/chance";
import { createPost } from "../notify/post";
import { Deliverers } from "../notify/deliverers";
import { composeDelivery } from "./notify/compose-delivery";

/** What leaves the machine: what is owed is written with what was decided, and sent once that is committed. */
export function notifySection(parts: DaemonParts): Section {
  const { writer, storeWriter, now } = parts;
  const ending = new AbortController();
  const deliverers = new Deliverers({
    outbox: storeWriter.deliveries,
    compose: (delivery, at) => composeDelivery(parts, delivery, at),
    mark: (mark) => writer.submit({ mark: (store) => void store.deliveries.mark(mark) }),
    tried: () => undefined,
    post: createPost(ending.signal),
    now,
    chance,
  });
  deliverers.follow(parts.started.channels);
  return {
    name: "notify",
    owed: ({ decided }) =>
      planDeliveries(decided, {
        channels: deliverers.targets,
        deliveriesOf: (alertSeq) => storeWriter.deliveries.ofAlert(alertSeq),
        now: now(),
      }),
    committed({ owed }) {
      for (const channel of new Set(owed.map(({ channel: name }) => name))) deliverers.wake(channel);
    },
    tick: () => deliverers.wakeAll(),
    follow(config) {
      deliverers.follow(config.channels);
      return Promise.resolve();
    },
    start() {
      deliverers.wakeAll();
      return {
        async [Symbol.asyncDispose]() {
          await deliverers.stop(() => ending.abort());
        },
      };
    },
  };
}
