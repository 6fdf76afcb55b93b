import { hourMs } from "../duration";

const firstMs = 1000;

/**
 * When to try again after so many tries, ms from now: full jitter over a time that doubles from 1 s to an hour, so that
 * what failed together does not come back together. `chance`: 0 to below 1.
 */
export function retryAfterMs(attempts: number, chance: number): number {
  const most = Math.min(hourMs, firstMs * 2 ** Math.min(attempts - 1, 20));
  return Math.max(firstMs / 10, Math.round(chance * most));
}
