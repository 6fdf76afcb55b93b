import type { ChannelHealth } from "../core/notify/channel-health";
import type { ChannelTarget } from "../core/notify/channel-target";
import { ChannelDeliverer } from "./deliver";
import type { Channel, DeliverDeps } from "./deliver-deps";

/** How long what is under way may still take when everything stops, ms: the process ends within 5 s in all. */
const lastTriesMs = 4000;

/** One deliverer for each channel there is. */
export class Deliverers {
  readonly #of = new Map<string, ChannelDeliverer>();

  /** `healthOf`: how a channel fared before; null where that is not known. */
  constructor(
    private readonly deps: DeliverDeps,
    private readonly healthOf: (name: string) => ChannelHealth | null,
  ) {}

  /** Those that may be owed something. */
  get targets(): readonly ChannelTarget[] {
    return this.all.map(({ channel: { name, kind } }) => ({ name, audience: kind.audience, edits: kind.edits }));
  }

  get all(): readonly ChannelDeliverer[] {
    return [...this.#of.values()];
  }

  of(name: string): ChannelDeliverer | undefined {
    return this.#of.get(name);
  }

  /** From now on these are the channels; one that nothing was changed of goes on as it was. */
  follow(channels: readonly Channel[]): void {
    const wanted = new Map(channels.map((channel) => [channel.name, channel]));
    for (const [name, deliverer] of this.#of)
      if (!wanted.has(name)) {
        deliverer.remove();
        this.#of.delete(name);
      }
    for (const [name, channel] of wanted) {
      const known = this.#of.get(name);
      if (known) known.follow(channel);
      else this.#of.set(name, new ChannelDeliverer(channel, this.healthOf(name), this.deps));
    }
  }

  wake(name: string): void {
    this.#of.get(name)?.wake();
  }

  wakeAll(): void {
    for (const deliverer of this.#of.values()) deliverer.wake();
  }

  /** What is under way may end by itself for 4 s, then it is cut off: it is tried again at the next start. */
  async stop(cut: () => void): Promise<void> {
    const timer = setTimeout(cut, lastTriesMs);
    await Promise.all(this.all.map((deliverer) => deliverer.stop()));
    clearTimeout(timer);
  }
}
