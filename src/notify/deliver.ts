import { isDeepStrictEqual } from "node:util";
import { afterTry, mended, newChannel, type ChannelHealth } from "../core/notify/channel-health";
import { claimForMachines, claimForPeople, isPile, type Claim, type Message, type Waiting } from "../core/notify/claim";
import type { DeliveryMark } from "../core/notify/delivery";
import { marksAfter, marksOnceGivenUp } from "../core/notify/marks";
import { retryAfterMs } from "../core/notify/retry";
import type { Outcome, Outgoing } from "./channels/channel";
import type { Channel, DeliverDeps, Trace } from "./deliver-deps";
import type { Pacers } from "./pace";

const sleepMsMax = 2 ** 31 - 1;
/** How many due rows are looked at for one claim where they go out one by one. */
const lookedAtMax = 64;
const lookedForGivenUpEveryMs = 60_000;
const givenUpAtOnce = 200;
const allRows = -1;

/** Sends what is due to one channel, so many at once as it takes. Claims are held in memory: there is one process. */
export class ChannelDeliverer {
  #channel: Channel;
  #health: ChannelHealth;
  #pacer: ReturnType<Pacers["for"]>;
  readonly #underWay = new Set<Promise<void>>();
  /** Seqs of what is being sent or ended, until that is stored. */
  readonly #claimed = new Set<number>();
  /** Alerts something is being sent about. */
  readonly #about = new Set<number | null>();
  #timer: ReturnType<typeof setTimeout> | null = null;
  /** A broken channel is tried once more: the program began anew, or a person asks for it. */
  #maySample = true;
  #isCounting = false;
  #lookedForGivenUpAt = Number.NEGATIVE_INFINITY;
  #stopped = false;
  #removed = false;

  constructor(
    channel: Channel,
    health: ChannelHealth | null,
    private readonly deps: DeliverDeps,
  ) {
    this.#channel = channel;
    this.#health = health ?? newChannel(deps.now());
    this.#pacer = this.#pacerOf(channel);
  }

  get channel(): Channel {
    return this.#channel;
  }

  get health(): ChannelHealth {
    return this.#health;
  }

  /** The channel as it is configured by now; what is under way ends as it began. */
  follow(channel: Channel): void {
    const before = this.#channel;
    if (isDeepStrictEqual(before, channel)) return;
    this.#channel = channel;
    if (before.kind === channel.kind && isDeepStrictEqual(before.settings, channel.settings)) return;
    this.#pacer = this.#pacerOf(channel);
    this.mend();
  }

  /** It is tried at once, broken or paused as it may be. */
  mend(): void {
    const { now } = this.deps;
    this.#health = mended(this.#health, now());
    this.#maySample = true;
    void this.#keep([]);
    this.wake();
  }

  /** Sends something that has no row; what comes of it counts for the channel as any try does. */
  async send(outgoing: Omit<Outgoing, "at">): Promise<Outcome> {
    const isUp = this.#health.state === "up";
    const outcome = await this.#attempt(() => outgoing);
    if (outcome === null) throw new Error("there was something to be sent");
    if (this.deps.canStore()) void this.#keep([], { hastens: outcome.outcome === "accepted" && !isUp });
    this.wake();
    return outcome;
  }

  /** Something may be due. */
  wake(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const { now, canStore, outbox } = this.deps;
    if (this.#stopped || !canStore()) return;
    const at = now();
    this.#giveUp(at);
    const begins = this.#restUntil(at);
    if (begins > at) return this.#sleepUntil(begins, at);
    const free = this.#slots - this.#underWay.size;
    if (free <= 0) return;
    const { messages, over } = this.#claim(at, free);
    if (over.length > 0) void this.#end(over);
    for (const message of messages) {
      const readyAt = this.#pacer.readyAt(at);
      if (readyAt > at) return this.#sleepUntil(readyAt, at);
      this.#pacer.take();
      this.#begin(message, at);
    }
    if (messages.length === free) return;
    const next = outbox.nextDueAt(this.#channel.name, at);
    if (next !== null) this.#sleepUntil(next, at);
  }

  /** The channel is no more; what is under way ends. */
  remove(): void {
    this.#removed = true;
    void this.stop();
  }

  /** Nothing new is begun; resolves when what is under way has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer) clearTimeout(this.#timer);
    await Promise.all(this.#underWay);
  }

  /** One while it fails: what it is sent finds out whether it works again. */
  get #slots(): number {
    const { slots } = this.#channel.kind;
    return this.#health.failures >= slots || this.#health.state === "broken" ? 1 : slots;
  }

  #pacerOf({ kind, settings }: Channel): ReturnType<Pacers["for"]> {
    return this.deps.pacers.for(kind.paces(settings));
  }

  #restUntil(at: number): number {
    const { state, pausedUntil } = this.#health;
    if (state === "broken" && !this.#maySample) return Number.POSITIVE_INFINITY;
    return pausedUntil ?? at;
  }

  #claim(now: number, free: number): Claim {
    const { audience, slots } = this.#channel.kind;
    const waiting = this.#waiting(now, lookedAtMax);
    if (audience === "machines" || slots > 1) return claimForMachines(waiting, { underWay: this.#about, free, now });
    const isPiled = isPile(waiting, this.#health.state !== "up", now);
    const goesTogether = waiting.length >= lookedAtMax && waiting.some(({ foldsWith }) => foldsWith !== null);
    return claimForPeople(isPiled || goesTogether ? this.#waiting(now, allRows) : waiting, isPiled, now);
  }

  #waiting(now: number, limit: number): Waiting[] {
    const rows = this.deps.outbox.waiting(this.#channel.name, now, limit < 0 ? limit : limit + this.#claimed.size);
    return rows.filter(({ seq }) => !this.#claimed.has(seq));
  }

  #begin(message: Message, at: number): void {
    const seqs = [message.carrier, ...message.folded].map(({ seq }) => seq);
    const { alertSeq } = message.carrier;
    for (const seq of seqs) this.#claimed.add(seq);
    this.#about.add(alertSeq);
    this.#follow(
      this.#try(message, at).finally(() => {
        for (const seq of seqs) this.#claimed.delete(seq);
        this.#about.delete(alertSeq);
      }),
    );
  }

  #follow(work: Promise<void>): void {
    const ended = work.finally(() => {
      this.#underWay.delete(ended);
      this.wake();
    });
    this.#underWay.add(ended);
  }

  async #try(message: Message, at: number): Promise<void> {
    const { now, chance, write } = this.deps;
    const { carrier } = message;
    const countsStale = !this.#isCounting;
    if (countsStale) this.#isCounting = true;
    let counts: readonly number[] = [];
    const before = this.#health;
    const outcome = await this.#attempt(() => {
      const written = write(this.#channel, message, at, countsStale);
      counts = written?.counts ?? [];
      return written?.outgoing ?? null;
    });
    const ended = now();
    if (outcome === null) await this.#keep([{ seq: carrier.seq, state: "withdrawn", endedAt: ended }]);
    // What was cut off while stopping is tried again at the next start, as if it had not been tried.
    else if (!this.#stopped || outcome.outcome !== "again") {
      const againAt = this.#health.pausedUntil ?? ended + retryAfterMs(carrier.attempts + 1, chance());
      const isAccepted = outcome.outcome === "accepted";
      await this.#keep(marksAfter(message, outcome, { now: ended, giveUpMs: this.#channel.giveUpMs, againAt }), {
        hastens: isAccepted && before.state !== "up",
        counted: isAccepted ? { seqs: counts, into: carrier.seq } : null,
      });
    }
    if (countsStale) this.#isCounting = false;
  }

  /** Null where there was nothing to be sent. */
  async #attempt(outgoing: () => Omit<Outgoing, "at"> | null): Promise<Outcome | null> {
    const { now, chance, fared, pacers } = this.deps;
    this.#maySample = false;
    const { name, kind } = this.#channel;
    const outcome = await this.#sendNow(outgoing);
    if (outcome === null) return null;
    this.#health = afterTry(this.#health, outcome, {
      now: now(),
      slots: kind.slots,
      waitMs: (failures) => retryAfterMs(failures, chance()),
    });
    if (outcome.outcome === "pause" && outcome.pace !== undefined && outcome.forMs !== null)
      pacers.rest(outcome.pace, now() + outcome.forMs);
    if (outcome.outcome === "broken") fared(name, outcome);
    if (outcome.outcome === "accepted") fared(name, null);
    return outcome;
  }

  /** A channel that throws has a fault of its own: it is logged, and the message is tried again. */
  async #sendNow(outgoing: () => Omit<Outgoing, "at"> | null): Promise<Outcome | null> {
    const { now, post, mail, failed } = this.deps;
    const { name, kind, settings } = this.#channel;
    try {
      const what = outgoing();
      if (what === null) return null;
      const outcome = await kind.send(settings, { ...what, at: now() }, post, mail);
      // That it is over is said, though the message that said it began was taken away.
      const isGone = outcome.outcome === "refused" && outcome.isGone === true && what.purpose === "resolve";
      return isGone ? await kind.send(settings, { ...what, edits: null, at: now() }, post, mail) : outcome;
    } catch (error) {
      failed(name, error);
      return { outcome: "again", answer: "a fault of the channel's own", mayHaveArrived: false };
    }
  }

  /** What waited for longer than it is tried. */
  #giveUp(now: number): void {
    if (now - this.#lookedForGivenUpAt < lookedForGivenUpEveryMs) return;
    const { name, giveUpMs } = this.#channel;
    const waiting = this.deps.outbox
      .waitingSince(name, now - giveUpMs, givenUpAtOnce)
      .filter(({ seq }) => !this.#claimed.has(seq));
    if (waiting.length < givenUpAtOnce) this.#lookedForGivenUpAt = now;
    if (waiting.length > 0) void this.#end(marksOnceGivenUp(waiting, { now, giveUpMs }));
  }

  async #end(marks: readonly DeliveryMark[]): Promise<void> {
    for (const { seq } of marks) this.#claimed.add(seq);
    await this.#keep(marks);
    for (const { seq } of marks) this.#claimed.delete(seq);
    this.wake();
  }

  #keep(marks: readonly DeliveryMark[], more: Partial<Pick<Trace, "hastens" | "counted">> = {}): Promise<boolean> {
    return this.deps.keep({
      channel: this.#channel.name,
      marks,
      counted: null,
      health: this.#removed ? null : this.#health,
      hastens: false,
      ...more,
    });
  }

  #sleepUntil(at: number, now: number): void {
    if (at === Number.POSITIVE_INFINITY) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(at - now, sleepMsMax));
  }
}
