import { afterAll, beforeAll, expect, test } from "bun:test";
import { createPost } from "../../src/notify/post";
import { startScriptedServer, type ScriptedServer } from "../support/scripted-server";

let server: ScriptedServer;
beforeAll(async () => void (server = await startScriptedServer()));
afterAll(() => server[Symbol.asyncDispose]());

const request = { headers: { "content-type": "text/plain" }, body: "x" };
const running = new AbortController().signal;

test("one connection carries what is sent one after the other", async () => {
  await using own = await startScriptedServer();
  own.script({ status: 200, body: "taken" });
  const post = createPost(running);
  for (let index = 0; index < 20; index++)
    expect(await post(own.url, request)).toMatchObject({ status: 200, text: "taken" });
  expect(own.connections).toBe(1);
});

test("each request is observed once, by its status or the system's word", async () => {
  const seen: (number | string)[] = [];
  const post = createPost(running, { timeoutMs: 30, observe: (result) => void seen.push(result) });
  for (const step of [{ status: 200 }, { status: 503 }, "reset", "hang"] as const) {
    server.script(step);
    await post(server.url, request);
  }
  await post("http://127.0.0.1:1/", request);
  await post("nothing", request);
  expect(seen).toEqual([200, 503, "ECONNRESET", "TimeoutError", "ECONNREFUSED", "ERR_INVALID_URL"]);
});

test("what is stopped sends nothing more", async () => {
  const stopping = new AbortController();
  stopping.abort();
  const before = server.received.length;
  expect(await createPost(stopping.signal)(server.url, request)).toMatchObject({ code: "AbortError" });
  expect(server.received).toHaveLength(before);
});

test("a status that came stands, though the rest of the answer did not", async () => {
  const post = createPost(running, { timeoutMs: 200 });
  server.script("cut");
  expect(await post(server.url, request)).toMatchObject({ status: 200, text: "{" });
});

test("the time a server asks for is read from its header", async () => {
  const post = createPost(running);
  server.script({ status: 429, headers: { "retry-after": "1.5" } });
  expect(await post(server.url, request)).toMatchObject({ status: 429, retryAfterMs: 1500 });
  server.script({ status: 429 });
  expect(await post(server.url, request)).toMatchObject({ status: 429, retryAfterMs: null });
});
