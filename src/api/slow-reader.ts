/** How long a connection may be still, seconds; 0 is for ever. */
export type SetIdleTimeout = (seconds: number) => void;

export interface SlowReaderLimits {
  /** Who takes nothing for so long has gone. */
  readonly standsStillMs: number;
  readonly pollEveryMs: number;
}

const usualLimits: SlowReaderLimits = { standsStillMs: 15 * 60_000, pollEveryMs: 60_000 };

/** What is left of a download on its way, and the connection after it, may be still for so long. */
const afterwardsSeconds = 255;
const atOnceSeconds = 1;

/**
 * For a reader who may take its time: buffers between us and it hold megabytes, so that a connection on which nothing moves for
 * minutes may well be read. It is given up only where nothing more was taken for much longer.
 */
export function forSlowReader(
  response: Response,
  setIdleTimeout: SetIdleTimeout,
  { standsStillMs, pollEveryMs }: SlowReaderLimits = usualLimits,
): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  let takenAt = performance.now();
  let watch: ReturnType<typeof setInterval> | null = null;
  const check = () => {
    if (performance.now() - takenAt >= standsStillMs) setIdleTimeout(atOnceSeconds);
  };
  const begin = () => {
    setIdleTimeout(0);
    watch = setInterval(check, pollEveryMs);
  };
  const end = () => {
    if (watch) clearInterval(watch);
  };
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (watch === null) begin();
        takenAt = performance.now();
        const { value, done } = await reader.read();
        if (!done) return controller.enqueue(value);
        end();
        setIdleTimeout(afterwardsSeconds);
        controller.close();
      },
      cancel(reason) {
        end();
        return reader.cancel(reason);
      },
    },
    // Nothing is begun for who asks for the headers alone.
    { highWaterMark: 0 },
  );
  return new Response(body, response);
}
