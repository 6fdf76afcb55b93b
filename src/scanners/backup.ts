import type { Scanner, ScanTimes } from "./scheduler";

/** Has the database copied when it is time: a copy of an earlier run of the program counts. */
export function backupScanner(deps: { readonly everyMs: number; readonly newestAt: () => number | null; readonly now: () => number; readonly backUp: (signal: AbortSignal) => Promise<void> }, times: () => ScanTimes): Scanner {
  return {
    name: "backup",
    times,
    async scan(signal) {
      const newestAt = deps.newestAt();
      if (newestAt === null || deps.now() - newestAt >= deps.everyMs) await deps.backUp(signal);
    },
  };
}
