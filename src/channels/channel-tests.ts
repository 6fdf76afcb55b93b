import { record } from "../acts";
import type { Committed } from "../committed";
import type { Delivery } from "../core/notify/delivery";
import { owe, type Plan } from "../core/notify/plan";
import type { By } from "../settings";
import { channelState, noteTest } from "../store/channel-figures";
import type { Database } from "../store/db";
import { deliveryAt } from "../store/delivery-list";
import type { Recorded, StoreWriter } from "../store/writer";
import type { ChannelTested } from "../views/channels";
import { shapeDelivery } from "../views/deliveries";
import { eventFrom } from "../views/frames";
import { isoOf } from "../views/shape";
import type { Writer } from "../writer";
import { ChannelRefused, type ChannelDirectory } from "./directory";

export interface ChannelTestDeps {
  readonly database: Database;
  readonly storeWriter: StoreWriter;
  readonly writer: Writer;
  readonly channels: ChannelDirectory;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
}

interface UnderWay {
  readonly askedAt: number;
  seq: number | null;
  readonly settle: () => void;
}

/** A request waits 15 s for its answer, and for another that is under way before it. */
const withinMs = 20_000;

/** What a test owes: one message, tried at once. */
export function testOwed({ observation }: Pick<Recorded, "observation">): Plan {
  if (observation.kind !== "channel-test") return { due: [], over: [] };
  return { due: [owe(null, observation.channel, "test", observation.receivedAt)], over: [] };
}

/** Tests of channels: an act, sent as any other delivery is, and waited for. */
export class ChannelTests {
  readonly #underWay = new Map<string, UnderWay>();

  constructor(private readonly deps: ChannelTestDeps) {}

  /** Throws ChannelRefused where it cannot be tried. */
  async run(name: string, { who: by, from }: By): Promise<ChannelTested> {
    const { writer, channels, now, elapsed } = this.deps;
    channels.unlock();
    if (!channels.has(name)) throw new ChannelRefused("unknown", `there is no channel ${name}`);
    if (this.#underWay.has(name)) throw new ChannelRefused("taken", `a test of ${name} is under way`);
    const begunAt = elapsed();
    const askedAt = now();
    const ended = new Promise<void>((settle) => this.#underWay.set(name, { askedAt, seq: null, settle }));
    try {
      const asked = { kind: "channel-test", channel: name, by, from, receivedAt: askedAt } as const;
      if ((await record(writer, asked)) === null)
        throw new ChannelRefused("not-stored", writer.trouble ?? "the store does not take it");
      channels.mend(name);
      await Promise.race([ended, Bun.sleep(withinMs)]);
      return await this.#end(name, (elapsed() - begunAt) / 1000);
    } finally {
      this.#underWay.delete(name);
    }
  }

  /** What was committed may be what a test waits for. */
  committed({ owed }: Pick<Committed, "owed">): void {
    for (const { purpose, channel, seq } of owed) {
      const test = purpose === "test" ? this.#underWay.get(channel) : undefined;
      if (test) test.seq = seq;
    }
    for (const [name, test] of this.#underWay) if (this.#hasEnded(name, test)) test.settle();
  }

  #hasEnded(name: string, { seq, askedAt }: UnderWay): boolean {
    if (seq === null) return false;
    const { database } = this.deps;
    const row = deliveryAt(database, seq);
    if (row === undefined || row.state !== "due" || row.lastAnswer !== null) return true;
    // Another message found out that it takes nothing.
    const state = channelState(database, name);
    return state?.state === "broken" && state.since >= askedAt;
  }

  /** Keeps what came of it; one that was not accepted is tried no more. */
  async #end(name: string, seconds: number): Promise<ChannelTested> {
    const { database, storeWriter, writer, channels, now } = this.deps;
    const seq = this.#underWay.get(name)?.seq ?? null;
    const row = seq === null ? undefined : deliveryAt(database, seq);
    if (row === undefined) throw new ChannelRefused("unknown", `${name} was removed meanwhile`);
    const outcome = row.state === "sent" ? ("accepted" as const) : ("failed" as const);
    const test = { at: isoOf(now()), outcome, seconds: Math.round(seconds * 1000) / 1000 };
    const answer = this.#answerOf(name, row);
    let ended: Delivery = row;
    await writer.submit({
      mark({ deliveries }, publish) {
        if (row.state === "due") ended = deliveries.mark({ seq: row.seq, state: "failed", endedAt: now() }) ?? row;
        noteTest(database, name, test, now());
        const channel = channels.shape(name);
        if (channel) publish((at) => eventFrom("channel_changed", at, now(), { channel, removed: false }));
      },
    });
    return { ...test, answer, delivery: shapeDelivery(ended, storeWriter.epoch) };
  }

  #answerOf(name: string, { lastAnswer }: Delivery): string | null {
    return (
      lastAnswer ??
      channelState(this.deps.database, name)?.lastAnswer ??
      this.deps.channels.facts.find((each) => each.name === name)?.locked ??
      `no answer within ${withinMs / 1000} s`
    );
  }
}
