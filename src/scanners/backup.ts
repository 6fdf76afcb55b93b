import { minuteMs } from "../core/duration";
import { formatDuration } from "../core/text";
import type { Scanner, ScanTimes } from "./scheduler";

/** Clocks of a disk and of the program may differ so much. */
const aheadMsMax = minuteMs;

/** Has the database copied when it is time: a copy of an earlier run of the program counts. */
export function backupScanner(
  deps: {
    readonly everyMs: number;
    readonly newestAt: () => number | null;
    readonly now: () => number;
    readonly backUp: (signal: AbortSignal) => Promise<void>;
  },
  times: () => ScanTimes,
): Scanner {
  return {
    name: "backup",
    times,
    async scan(signal) {
      const newestAt = deps.newestAt();
      const ageMs = newestAt === null ? null : deps.now() - newestAt;
      // One of the future was made by a clock that was ahead: it must not put off the next.
      if (ageMs !== null && ageMs < deps.everyMs && ageMs >= -aheadMsMax)
        return `the newest copy is ${formatDuration(ageMs)} old, the next is not due`;
      await deps.backUp(signal);
      return "the database was copied";
    },
  };
}
