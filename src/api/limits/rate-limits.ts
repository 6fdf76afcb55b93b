import { TokenBuckets } from "./token-buckets";

/** What is limited by itself, per minute; `other` is everything that has no word of its own. */
export const limitNames = [
  "overview",
  "recentAlerts",
  "configRead",
  "configWrite",
  "signIn",
  "refused",
  "channelTest",
  "assets",
  "page",
  "other",
] as const;
export type LimitName = (typeof limitNames)[number];

/** Requests a minute; 0 is without limit. */
export type RateLimitSettings = Readonly<Record<LimitName, number>>;

export interface Exceeded {
  readonly perMinute: number;
  /** Whole seconds until one more passes, at least 1. */
  readonly retryAfter: number;
}

/** Who sends requests too often is answered how long to wait. */
export class RateLimits {
  readonly #buckets: ReadonlyMap<LimitName, TokenBuckets>;

  constructor(private readonly perMinute: RateLimitSettings) {
    this.#buckets = new Map(
      limitNames.filter((name) => perMinute[name] > 0).map((name) => [name, new TokenBuckets(perMinute[name])]),
    );
  }

  /** Is there any limit of this name? */
  has(name: LimitName): boolean {
    return this.#buckets.has(name);
  }

  /** Takes a token for this one, or answers how long there is none. `now` is monotonic, ms. */
  take(name: LimitName, key: string, now: number): Exceeded | null {
    const taken = this.#buckets.get(name)?.take(key, now);
    if (taken === undefined || taken.allowed) return null;
    return { perMinute: this.perMinute[name], retryAfter: Math.max(1, Math.ceil(taken.waitMs / 1000)) };
  }
}
