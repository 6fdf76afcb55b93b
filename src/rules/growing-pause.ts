import { hourMs, minuteMs } from "../core/duration";
/** How long something that failed is left alone. Monotonic, ms. */
export interface Pause {
  readonly times: number;
  readonly until: number;
  readonly pauseMs: number;
}

const shortestMs = minuteMs;
const longestMs = hourMs;

/** A minute the first time, four times as long each time it fails again soon after, an hour at most. */
export function growingPause(before: Pick<Pause, "times" | "until"> | null, now: number): Pause {
  const times = before !== null && now - before.until < longestMs ? before.times + 1 : 1;
  const pauseMs = Math.min(shortestMs * 4 ** (times - 1), longestMs);
  return { times, until: now + pauseMs, pauseMs };
}
