import type { Delivery } from "../core/notify/delivery";
import { retryAfterMs } from "../core/notify/retry";
import type { ChannelKind, Outcome, Outgoing } from "./channels/channel";
import type { Post } from "./post";

/** A channel with its secrets read. */
export interface Channel {
  readonly name: string;
  readonly kind: ChannelKind;
  readonly settings: Readonly<Record<string, unknown>>;
  /** How long a message is tried, ms. */
  readonly giveUpMs: number;
}

/** What a try leaves behind in the outbox. */
export type Mark = Pick<Delivery, "seq"> &
  Partial<Omit<Delivery, "seq" | "alertSeq" | "channel" | "purpose" | "createdAt">>;

export interface DeliverDeps {
  readonly outbox: {
    readonly due: (channel: string, now: number, limit: number) => readonly Delivery[];
    readonly nextDueAt: (channel: string, now: number) => number | null;
  };
  /** Null where there is nothing left to say. */
  readonly compose: (delivery: Delivery, now: number) => Omit<Outgoing, "at"> | null;
  /** Resolves once it is committed; false where it could not be. */
  readonly mark: (mark: Mark) => Promise<boolean>;
  readonly tried: (delivery: Delivery, outcome: Outcome) => void;
  readonly post: Post;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** 0 to below 1. */
  readonly chance: () => number;
}

/** Sends what is due to one channel, so many at once as it takes. Claims are held in memory: there is one process. */
export class ChannelDeliverer {
  readonly #underWay = new Map<number, Promise<void>>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  #pausedUntil = 0;
  #stopped = false;

  constructor(
    readonly channel: Channel,
    private readonly deps: DeliverDeps,
  ) {}

  /** Something may be due. */
  wake(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#stopped) return;
    const { outbox, now } = this.deps;
    const { name, kind } = this.channel;
    const at = now();
    if (at < this.#pausedUntil) return this.#sleepUntil(this.#pausedUntil, at);
    const free = kind.slots - this.#underWay.size;
    if (free <= 0) return;
    const due = outbox.due(name, at, kind.slots + this.#underWay.size).filter(({ seq }) => !this.#underWay.has(seq));
    for (const delivery of due.slice(0, free)) this.#begin(delivery);
    if (due.length > free) return;
    const next = outbox.nextDueAt(name, at);
    if (next !== null) this.#sleepUntil(next, at);
  }

  /** Nothing new is begun; resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await Promise.all(this.#underWay.values());
  }

  #begin(delivery: Delivery): void {
    const tried = this.#try(delivery).finally(() => {
      this.#underWay.delete(delivery.seq);
      this.wake();
    });
    this.#underWay.set(delivery.seq, tried);
  }

  async #try(delivery: Delivery): Promise<void> {
    const { compose, mark, tried, post, now } = this.deps;
    const at = now();
    const outgoing = compose(delivery, at);
    if (outgoing === null) return void (await mark({ seq: delivery.seq, state: "withdrawn", endedAt: at }));
    const outcome = await this.channel.kind.send(this.channel.settings, { ...outgoing, at }, post);
    tried(delivery, outcome);
    await mark(this.#markOf(delivery, outcome));
  }

  #markOf(delivery: Delivery, outcome: Outcome): Mark {
    const { now, chance } = this.deps;
    const at = now();
    const tried = { seq: delivery.seq, attempts: delivery.attempts + 1, lastAnswer: outcome.answer };
    if (outcome.outcome === "accepted")
      return { ...tried, state: "sent", acceptedAt: at, endedAt: at, remoteId: outcome.remoteId ?? null };
    if (outcome.outcome === "refused") return { ...tried, state: "failed", endedAt: at };
    const asked = outcome.outcome === "pause" ? outcome.forMs : null;
    const dueAt = at + (asked ?? retryAfterMs(delivery.attempts + 1, chance()));
    if (outcome.outcome !== "again") this.#pausedUntil = dueAt;
    const givesUp = dueAt > delivery.createdAt + this.channel.giveUpMs;
    return givesUp ? { ...tried, state: "failed", endedAt: at } : { ...tried, dueAt };
  }

  #sleepUntil(at: number, now: number): void {
    this.#timer = setTimeout(() => this.wake(), Math.min(at - now, 2 ** 31 - 1));
  }
}
