/** Reads something now, and again when it may have changed. One read at a time; after news at most one in `everyMs`. */
export interface Refresher {
  /** Reads at once, or as soon as the read under way is done. */
  now(): void;
  /** Reads when `everyMs` have passed since the last read began. */
  soon(): void;
  stop(): void;
}

/** `read` handles its own failures; its signal is aborted on stop. */
export function createRefresher(everyMs: number, read: (signal: AbortSignal) => Promise<void>): Refresher {
  const stopped = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let startedAt = Number.NEGATIVE_INFINITY;
  let reading = false;
  let due = false;

  async function run(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    due = reading;
    if (reading || stopped.signal.aborted) return;
    reading = true;
    startedAt = performance.now();
    await read(stopped.signal);
    reading = false;
    if (due) await run();
  }

  return {
    now: () => void run(),
    soon() {
      timer ??= setTimeout(() => void run(), Math.max(0, everyMs - (performance.now() - startedAt)));
    },
    stop() {
      clearTimeout(timer);
      stopped.abort();
    },
  };
}
