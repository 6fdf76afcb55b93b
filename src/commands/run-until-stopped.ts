import { untilAborted } from "../daemon/until-aborted";
import { startedByNpm } from "../config/environment";
import { exitCodeOf, exitCodes, messageOf } from "./exit";
import { remark } from "./print/print";

/** A daemon that has not stopped by then will not: whoever asked waits at most 5 s. */
const stopsWithinMs = 4_700;

/**
 * Starts it, says that it is ready, waits for SIGTERM or SIGINT or until it says that it failed, stops it and ends
 * the process. A start that heeds the signal is
 * stopped within it. Where anything fails, before or after it runs, nothing of it stays: no half of a daemon goes on unseen.
 */
export async function runUntilStopped<R extends AsyncDisposable>(
  start: (signal: AbortSignal, fail: (why: Error) => void) => Promise<R>,
  ready: (running: R) => void,
): Promise<never> {
  try {
    const failed = new AbortController();
    const stopping = AbortSignal.any([stopRequested(), parentGone(), failed.signal]);
    const running = await startedOrStopped((signal) => start(signal, (why) => failed.abort(why)), stopping);
    if (running !== null) await runReady(running, ready, stopping);
    failed.signal.throwIfAborted();
    process.exit(exitCodes.done);
  } catch (error) {
    remark(messageOf(error));
    // Whatever timer or worker was left of the start would keep the process, and with it what it holds.
    process.exit(exitCodeOf(error));
  }
}

async function runReady<R extends AsyncDisposable>(
  running: R,
  ready: (running: R) => void,
  stopping: AbortSignal,
): Promise<void> {
  try {
    if (!stopping.aborted) ready(running);
    await untilAborted(stopping);
  } finally {
    // One that does not stop must not keep the reason from being printed.
    await Promise.race([running[Symbol.asyncDispose](), Bun.sleep(stopsWithinMs)]);
  }
}

const checkParentEveryMs = 500;

/** Aborted once npm is gone that started this; a daemon started otherwise outlives its shell. */
function parentGone(): AbortSignal {
  const gone = new AbortController();
  const parent = process.ppid;
  if (startedByNpm()) {
    const timer = setInterval(() => {
      if (process.ppid === parent) return;
      clearInterval(timer);
      gone.abort();
    }, checkParentEveryMs);
  }
  return gone.signal;
}

/** Null where it was stopped before it had started. */
async function startedOrStopped<R extends AsyncDisposable>(
  start: (signal: AbortSignal) => Promise<R>,
  stopping: AbortSignal,
): Promise<R | null> {
  try {
    return await start(stopping);
  } catch (error) {
    if (stopping.aborted && error === stopping.reason) return null;
    throw error;
  }
}

/** Aborted by the first SIGTERM or SIGINT; a second does not wait for anything. */
function stopRequested(): AbortSignal {
  const stop = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(exitCodes.failed);
      stop.abort();
      setTimeout(() => {
        remark(`error: not everything stopped within ${stopsWithinMs / 1000} s`);
        process.exit(exitCodes.failed);
      }, stopsWithinMs).unref();
    });
  }
  return stop.signal;
}
