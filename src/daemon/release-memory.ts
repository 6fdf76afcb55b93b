import type { DaemonParts } from "./parts";

const pollEveryMs = 1000;
/** As many observations leave some tens of megabytes behind. */
const worthReleasing = 2000;

/** What shows whether a request would wait for it. */
export interface Activity {
  /** Observations so far. */
  observed(): number;
  /** Requests answered so far. */
  answered(): number;
  /** Whether a look that takes long is under way. */
  looking(): boolean;
}

/**
 * A burst leaves the heap three times as large as what it holds, and a runtime that has nothing to do sees no reason to
 * give that back. So it is asked to, once nothing has come and no request was made for a second: it holds the loop for some tens
 * of milliseconds, which nothing waits for.
 */
export function releaseMemoryAfterBursts(activity: Activity, releaseMemory: () => void): Disposable {
  let releasedAt = Number.NEGATIVE_INFINITY;
  let before = { observed: activity.observed(), answered: activity.answered() };
  const timer = setInterval(() => {
    const now = { observed: activity.observed(), answered: activity.answered() };
    const quiet = now.observed === before.observed && now.answered === before.answered && !activity.looking();
    before = now;
    if (!quiet || now.observed - releasedAt < worthReleasing) return;
    releasedAt = now.observed;
    releaseMemory();
  }, pollEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

export function releaseMemory(
  { storeWriter, answers, far }: Pick<DaemonParts, "storeWriter" | "answers" | "far">,
  release: () => void,
): Disposable {
  return releaseMemoryAfterBursts(
    { observed: () => storeWriter.seq, answered: () => answers.total, looking: () => far.isLooking },
    release,
  );
}
