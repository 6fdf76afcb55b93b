import { exitCodes } from "./exit";
import { remark } from "./print/print";

/** A daemon that has not stopped by then will not: whoever asked waits at most 5 s. */
const stopsWithinMs = 4_700;

/** Starts it, waits for SIGTERM or SIGINT, stops it and ends the process. */
export async function runUntilStopped(start: () => Promise<AsyncDisposable>): Promise<void> {
  const asked = stopAsked();
  const running = await start();
  await asked;
  await running[Symbol.asyncDispose]();
  process.exit(exitCodes.done);
}

/** Done with the first SIGTERM or SIGINT; a second does not wait for anything, and nobody for a start or a stop that does not end. */
function stopAsked(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    for (const signal of ["SIGINT", "SIGTERM"] as const) {
      process.on(signal, () => {
        if (asked) process.exit(exitCodes.failed);
        asked = true;
        setTimeout(() => {
          remark(`error: not everything stopped within ${stopsWithinMs} ms`);
          process.exit(exitCodes.failed);
        }, stopsWithinMs).unref();
        resolve();
      });
    }
  });
}
