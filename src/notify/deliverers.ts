import type { ChannelTarget } from "../core/notify/plan";
import { ChannelDeliverer, type Channel, type DeliverDeps } from "./deliver";

/** How long what is under way may still take when everything stops, ms. */
const lastTriesMs = 5000;

/** One deliverer for each channel there is. */
export class Deliverers {
  readonly #of = new Map<string, ChannelDeliverer>();

  constructor(private readonly deps: DeliverDeps) {}

  /** Those that may be owed something. */
  get targets(): readonly ChannelTarget[] {
    return [...this.#of.values()].map(({ channel: { name, kind } }) => ({
      name,
      audience: kind.audience,
      edits: kind.edits,
    }));
  }

  /** From now on these are the channels. */
  follow(channels: readonly Channel[]): void {
    const wanted = new Map(channels.map((channel) => [channel.name, channel]));
    for (const [name, deliverer] of this.#of)
      if (wanted.get(name) !== deliverer.channel) {
        void deliverer.stop();
        this.#of.delete(name);
      }
    for (const [name, channel] of wanted)
      if (!this.#of.has(name)) this.#of.set(name, new ChannelDeliverer(channel, this.deps));
  }

  wake(name: string): void {
    this.#of.get(name)?.wake();
  }

  wakeAll(): void {
    for (const deliverer of this.#of.values()) deliverer.wake();
  }

  /** What is under way may end by itself for 5 s, then it is cut off: it is tried again at the next start. */
  async stop(cut: () => void): Promise<void> {
    const timer = setTimeout(cut, lastTriesMs);
    await Promise.all([...this.#of.values()].map((deliverer) => deliverer.stop()));
    clearTimeout(timer);
  }
}
