/** How long a connection may be still, seconds; 0 is for ever. */
export type SetIdleTimeout = (seconds: number) => void;

export interface Patience {
  /** Who takes nothing for so long has gone. */
  readonly standsStillMs: number;
  readonly lookEveryMs: number;
}

const patience: Patience = { standsStillMs: 15 * 60_000, lookEveryMs: 60_000 };

/** What is left of a download on its way, and the connection after it, may be still for so long. */
const afterwardsSeconds = 255;
const atOnceSeconds = 1;

/**
 * For a reader who may take its time: buffers between us and it hold megabytes, so that a connection on which nothing moves for
 * minutes may well be read. It is given up only where nothing more was taken for much longer.
 */
export function patiently(response: Response, setIdleTimeout: SetIdleTimeout, { standsStillMs, lookEveryMs }: Patience = patience): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  let takenAt = performance.now();
  let watch: ReturnType<typeof setInterval> | null = null;
  const look = () => {
    if (performance.now() - takenAt >= standsStillMs) setIdleTimeout(atOnceSeconds);
  };
  const begin = () => {
    setIdleTimeout(0);
    watch = setInterval(look, lookEveryMs);
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
