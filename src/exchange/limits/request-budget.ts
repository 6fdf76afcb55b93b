import type { PublishedLimit } from "./published";

/** How much of what an exchange allows an address we take: the bots of the same address trade with the rest. */
const ourShare = 0.5;
/** So much of a second's share may go out at once. */
const burstSeconds = 2;

/**
 * Requests in their turn, by their weights. What has gone out in any stretch of time is at most its share of the limit, one
 * burst and one request.
 */
export class RequestBudget {
  readonly #perMs: number;
  readonly #burst: number;
  #left: number;
  #countedAt: number;

  /** `now`: monotonic, ms. */
  constructor(limit: Pick<PublishedLimit, "weight" | "perMs">, now: number) {
    this.#perMs = (limit.weight / limit.perMs) * ourShare;
    this.#burst = this.#perMs * 1000 * burstSeconds;
    this.#left = this.#burst;
    this.#countedAt = now;
  }

  /** Takes a request's place in the queue, and answers how long it has to wait for it, ms. */
  take(weight: number, now: number): number {
    const passed = Math.max(0, now - this.#countedAt);
    this.#countedAt = Math.max(now, this.#countedAt);
    this.#left = Math.min(this.#burst, this.#left + passed * this.#perMs);
    const waitMs = Math.max(0, -this.#left / this.#perMs);
    this.#left -= weight;
    return waitMs;
  }
}

/** Of Binance's limit, by whatever sends from this address. */
const usedMax = 0.8;

/** How long to leave the rest of a minute to others of this address, ms; null while there is room. `now`: the exchange's, epoch ms. */
export function crowdedForMs(
  headers: Headers,
  limit: Pick<PublishedLimit, "weight" | "perMs">,
  now: number,
): number | null {
  const used = headers.get("x-mbx-used-weight-1m");
  if (used === null || !/^\d{1,7}$/.test(used) || Number(used) < limit.weight * usedMax) return null;
  return limit.perMs - (now % limit.perMs);
}
