import { untilAborted } from "../daemon/until-aborted";
import { startedByNpm } from "../config/environment";
import { exitCodes } from "./exit";
import { remark } from "./print/print";

/** A daemon that has not stopped by then will not: whoever asked waits at most 5 s. */
const stopsWithinMs = 4_700;

/** Starts it, waits for SIGTERM or SIGINT, stops it and ends the process. A start that heeds the signal is stopped within it. */
export async function runUntilStopped(start: (signal: AbortSignal) => Promise<AsyncDisposable>): Promise<void> {
  const asked = AbortSignal.any([stopAsked(), parentGone()]);
  const running = await startedOrStopped(start, asked);
  if (running !== null) {
    await untilAborted(asked);
    await running[Symbol.asyncDispose]();
  }
  process.exit(exitCodes.done);
}

const looksForParentEveryMs = 500;

/** Aborted once npm is gone that started this; a daemon nobody started so outlives its shell. */
function parentGone(): AbortSignal {
  const gone = new AbortController();
  const parent = process.ppid;
  if (startedByNpm()) {
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      gone.abort();
    }, looksForParentEveryMs);
  }
  return gone.signal;
}

/** Null where it was stopped before it had started. */
async function startedOrStopped(start: (signal: AbortSignal) => Promise<AsyncDisposable>, asked: AbortSignal): Promise<AsyncDisposable | null> {
  try {
    return await start(asked);
  } catch (error) {
    if (asked.aborted && error === asked.reason) return null;
    throw error;
  }
}

/** Aborted by the first SIGTERM or SIGINT; a second does not wait for anything. */
function stopAsked(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exitCodes.failed);
      stop.abort();
      setTimeout(() => {
        remark(`error: not everything stopped within ${stopsWithinMs} ms`);
        process.exit(exitCodes.failed);
      }, stopsWithinMs).unref();
    });
  }
  return stop.signal;
}
