import type { Pace } from "./channels/channel";

/** So many tries at once as a channel allows, then one more each time. Times are epoch ms. */
export class Pacer {
  #tokens: number;
  #at = Number.NEGATIVE_INFINITY;

  constructor(private readonly pace: Pace | null) {
    this.#tokens = pace?.burst ?? 0;
  }

  /** When the next try may begin; not after now: at once. */
  readyAt(now: number): number {
    if (this.pace === null) return now;
    this.#refill(now, this.pace);
    return this.#tokens >= 1 ? now : now + Math.ceil((1 - this.#tokens) * this.pace.everyMs);
  }

  take(): void {
    this.#tokens -= 1;
  }

  #refill(now: number, { burst, everyMs }: Pace): void {
    // A clock that was set back gives nothing and takes nothing.
    const passedMs = Math.max(0, now - this.#at);
    this.#at = now;
    this.#tokens = Math.min(burst, this.#tokens + passedMs / everyMs);
  }
}
