import { expect, setDefaultTimeout, test } from "bun:test";
import { connect } from "node:net";
import { forSlowReader, type SlowReaderLimits } from "../../src/api/slow-reader";
import { listen } from "../../src/daemon/listen";
import { until } from "../support/daemon";

setDefaultTimeout(60_000);

const part = new TextEncoder().encode(`${"x".repeat(99_999)}\n`);
const parts = 500;

/** A server that lets go of who is still for a second, and a download of 50 MB, more than lies in any buffer on the way. */
function startDownload(patience?: SlowReaderLimits) {
  const facts = { taken: 0, cancelled: false };
  const server = listen<undefined>(
    { host: "127.0.0.1", port: 0 },
    {
      front(request, itself) {
        const body = new ReadableStream<Uint8Array>({
          pull(controller) {
            if (facts.taken++ < parts) controller.enqueue(part);
            else controller.close();
          },
          cancel: () => void (facts.cancelled = true),
        });
        const response = new Response(body);
        return new URL(request.url).pathname === "/patient"
          ? forSlowReader(response, (seconds) => itself.timeout(request, seconds), patience)
          : response;
      },
      websocket: { message: () => undefined },
    },
    null,
    1,
  );
  return { facts, port: server.port ?? 0, [Symbol.dispose]: () => void server.stop(true) };
}

/** Reads the beginning, and the rest on demand. */
function readSlowly(port: number, path: string) {
  let got = 0;
  const socket = connect({ host: "127.0.0.1", port }, () =>
    socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`),
  );
  socket.on("data", (data) => (got += data.length));
  socket.once("data", () => socket.pause());
  socket.on("error", () => undefined);
  const ended = new Promise<number>((resolve) => socket.on("close", () => resolve(got)));
  return { goOn: () => void socket.resume(), ended };
}

test.concurrent("who pauses longer than a connection may be still gets all of a download, where others are cut", async () => {
  using impatient = startDownload();
  using context = startDownload();
  const cut = readSlowly(impatient.port, "/plain");
  const whole = readSlowly(context.port, "/patient");
  // Both paused for the same time: the one without patience shows when it was too long.
  await until("the impatient one is cut", () => impatient.facts.cancelled, 30_000);
  expect(context.facts.taken).toBeLessThan(parts);
  whole.goOn();
  expect(await whole.ended).toBeGreaterThan(parts * part.length);
  cut.goOn();
  expect(await cut.ended).toBeLessThan(parts * part.length);
});

test.concurrent("who takes nothing for very long is let go", async () => {
  using given = startDownload({ standsStillMs: 300, pollEveryMs: 50 });
  const reader = readSlowly(given.port, "/patient");
  await until("it is cut", () => given.facts.cancelled, 30_000);
  reader.goOn();
  expect(await reader.ended).toBeLessThan(parts * part.length);
});
