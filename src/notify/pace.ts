import type { Pace } from "./channels/channel";

/** So many tries at once as a limit allows, then one more each time. Times are epoch ms. */
export class Pacer {
  #tokens: number;
  #at = Number.NEGATIVE_INFINITY;
  #restUntil = Number.NEGATIVE_INFINITY;

  constructor(private readonly pace: Pick<Pace, "burst" | "everyMs">) {
    this.#tokens = pace.burst;
  }

  /** When the next try may begin; not after now: at once. */
  readyAt(now: number): number {
    this.#refill(now);
    const begins = this.#tokens >= 1 ? now : now + Math.ceil((1 - this.#tokens) * this.pace.everyMs);
    return Math.max(begins, this.#restUntil);
  }

  take(): void {
    this.#tokens -= 1;
  }

  /** Nothing begins before. */
  rest(until: number): void {
    this.#restUntil = Math.max(this.#restUntil, until);
  }

  #refill(now: number): void {
    const { burst, everyMs } = this.pace;
    // A clock that was set back gives nothing and takes nothing.
    const passedMs = Math.max(0, now - this.#at);
    this.#at = now;
    this.#tokens = Math.min(burst, this.#tokens + passedMs / everyMs);
  }
}

/** What all channels keep to: those of one provider's limit have one pacer. */
export class Pacers {
  readonly #of = new Map<string, Pacer>();

  /** Every limit that holds for one channel. */
  for(paces: readonly Pace[]): Pick<Pacer, "readyAt" | "take"> {
    const pacers = paces.map((pace) => this.#pacer(pace));
    return {
      readyAt: (now) => Math.max(now, ...pacers.map((pacer) => pacer.readyAt(now))),
      take: () => {
        for (const pacer of pacers) pacer.take();
      },
    };
  }

  /** A provider asks all that keep to this limit to wait. */
  rest(key: string, until: number): void {
    this.#of.get(key)?.rest(until);
  }

  #pacer(pace: Pace): Pacer {
    const pacer = this.#of.get(pace.key) ?? new Pacer(pace);
    this.#of.set(pace.key, pacer);
    return pacer;
  }
}
