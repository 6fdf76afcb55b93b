/** May it pass; where not, how long until the next may, ms. */
export interface Taken {
  readonly allowed: boolean;
  readonly waitMs: number;
}

const passes: Taken = { allowed: true, waitMs: 0 };

/**
 * A bucket of tokens for each key: full at first, one token taken each time, refilled evenly over a minute.
 * Of each only one number is kept, the time at which it will be full again, and only of so many keys:
 * when there are more, those that are new share one bucket.
 */
export class TokenBuckets {
  readonly #fullAt = new Map<string, number>();
  readonly #intervalMs: number;
  readonly #capacityMs: number;
  #releasedAt = Number.NEGATIVE_INFINITY;

  constructor(
    perMinute: number,
    private readonly keysMax = 10_000,
  ) {
    this.#intervalMs = 60_000 / perMinute;
    this.#capacityMs = 60_000;
  }

  /** How many keys are kept. */
  get size(): number {
    return this.#fullAt.size;
  }

  /** `now` is monotonic, ms. */
  take(key: string, now: number): Taken {
    const fullAt = this.#fullAt.get(key);
    if (fullAt === undefined && this.#fullAt.size >= this.keysMax) {
      this.#sweep(now);
      if (this.#fullAt.size >= this.keysMax && key !== crowd) return this.take(crowd, now);
    }
    const after = Math.max(fullAt ?? now, now) + this.#intervalMs;
    const waitMs = after - now - this.#capacityMs;
    // Sums of fractions: a token is a token a thousandth of a millisecond early.
    if (waitMs > 0.001) return { allowed: false, waitMs };
    this.#fullAt.set(key, after);
    return passes;
  }

  /** A full bucket is as good as none. Looked for at most once a second, for it looks at all of them. */
  #sweep(now: number): void {
    if (now - this.#releasedAt < 1000) return;
    this.#releasedAt = now;
    for (const [key, fullAt] of this.#fullAt) if (fullAt <= now) this.#fullAt.delete(key);
  }
}

/** No address and no account is named so. */
const crowd = "*";
