import { hourMs } from "../../core/duration";
import type { DaemonParts } from "../../daemon/parts";

const againAfterMs = hourMs;
const knownMax = 100;

/** Who is not answered: a line in the log each, hourly at most, and no more than fit. */
export class Strangers {
  readonly #lastSaidAt = new Map<string, number>();

  constructor(private readonly parts: Pick<DaemonParts, "log" | "now">) {}

  note(channels: readonly string[], chat: number | null, user: number): void {
    const { log, now } = this.parts;
    const at = now();
    const key = `${chat} ${user}`;
    for (const [each, saidAt] of this.#lastSaidAt) if (at - saidAt >= againAfterMs) this.#lastSaidAt.delete(each);
    if (this.#lastSaidAt.has(key) || this.#lastSaidAt.size >= knownMax) return;
    this.#lastSaidAt.set(key, at);
    log.warn(
      { channels, chat, user },
      "someone who may not act wrote to a bot of Telegram, and is not answered: users of the channel names who may",
    );
  }
}
