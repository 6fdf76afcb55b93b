import { expect, test } from "bun:test";
import { listen } from "../../src/daemon/listen";

/** In a process of its own: what fails unforeseen in a test's own process fails the test. */
const failing = `
  import { listen } from "./src/daemon/listen";
  const fail = () => { throw new Error("no such column: planted"); };
  const front = (request) => request.url.endsWith("/rejects") ? Promise.resolve().then(fail) : fail();
  console.log(listen({ host: "127.0.0.1", port: 0 }, { front, websocket: { message: () => undefined } }, null).url.href);
`;

test("what fails unforeseen is answered without its message, its stack or the source it failed in", async () => {
  await using server = Bun.spawn([process.execPath, "-e", failing], { stdout: "pipe", stderr: "ignore" });
  const { value } = await server.stdout.getReader().read();
  const url = new TextDecoder().decode(value).trim();
  for (const way of ["throws", "rejects"]) {
    const answer = await fetch(`${url}${way}`, { headers: { accept: "text/html" } });
    expect(answer.status).toBe(500);
    // Not the page that Bun shows whoever develops, in which they all stand encoded.
    expect(answer.headers.get("content-type") ?? "").not.toContain("html");
    expect((await answer.text()).length).toBeLessThan(100);
  }
});

test("a port that another daemon has is not shared with it", async () => {
  const serving = { front: () => new Response("first"), websocket: { message: () => undefined } };
  const first = listen({ host: "127.0.0.1", port: 0 }, serving, null);
  try {
    expect(() => listen({ host: "127.0.0.1", port: first.port ?? 0 }, serving, null)).toThrow(/is taken/);
  } finally {
    await first.stop(true);
  }
});
