import { dayMs } from "../core/duration";
import type { Database } from "../store/db";
import { observedBeyond } from "../store/observed";

const windowMs = 7 * dayMs;
/** Shown before the days that count, so that cooldowns from before them hold; none is longer. */
export const runUpMs = dayMs;
/** How long the thread is held before others get a turn. */
export const turnMs = 8;
/** More would keep a person waiting for longer than the answer is worth. */
const observationsMax = 100_000;

/** From when on: 7 days, or as far back as the most observations reach. */
export function stretchOf(database: Database, now: number): { since: number; complete: boolean } {
  const since = now - windowMs;
  const beyond = observedBeyond(database, since, observationsMax);
  return beyond === null ? { since, complete: true } : { since: beyond + 1, complete: false };
}
