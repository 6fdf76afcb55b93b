import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Outcome, Outgoing } from "../../../src/notify/channels/channel";
import { ntfy } from "../../../src/notify/channels/ntfy";
import { createPost } from "../../../src/notify/post";
import { startScriptedServer, type ScriptedServer } from "../../support/scripted-server";
import { anOutgoing, noMail } from "./outgoing";
import { ntfyScript, publishedTo } from "./scripts/ntfy";

let server: ScriptedServer;
beforeAll(async () => void (server = await startScriptedServer()));
afterAll(() => server[Symbol.asyncDispose]());

function send(over: Partial<Outgoing> = {}, settings: Record<string, unknown> = {}): Promise<Outcome> {
  const post = createPost(new AbortController().signal);
  return ntfy.send(
    ntfy.settings.parse({ server: server.url, topic: "desk", ...settings }),
    anOutgoing(over),
    post,
    noMail,
  );
}

async function published(over: Partial<Outgoing> = {}) {
  server.script(ntfyScript.accept);
  await send(over);
  return publishedTo(server.received.at(-1)!);
}

test("it is published as JSON to the root", async () => {
  server.script(ntfyScript.accept);
  await send({}, { server: `${server.url}/` });
  const request = server.received.at(-1)!;
  expect(request.path).toBe("/");
  expect(request.headers["content-type"]).toBe("application/json");
  expect(publishedTo(request)).toEqual({
    topic: "desk",
    sequence_id: "d12-0a1b2c3d",
    title: "BTCUSDT: BUY with strength 85",
    message: "raised 13:02 UTC",
    priority: 5,
    tags: ["rotating_light", "SIGNAL", "BTCUSDT"],
    click: "https://desk.example.org/alerts#a7",
  });
});

test("a server's address with a path is none", () => {
  expect(ntfy.settings.safeParse({ topic: "desk", server: "https://ntfy.example.org/desk" }).success).toBe(false);
});

test("a text of its title alone is sent all the same", async () => {
  expect(await published({ title: "Only this", text: "Only this" })).toMatchObject({
    title: "Only this",
    message: "Only this",
  });
});

test("ntfy.sh is its server where none is named", () => {
  expect(ntfy.settings.parse({ topic: "desk" })).toEqual({ topic: "desk", server: "https://ntfy.sh" });
});

test.each([
  ["raise", "high", 5],
  ["escalate", "high", 5],
  ["raise", "medium", 3],
  ["raise", "low", 2],
  ["resolve", "high", 3],
  ["resolve", "low", 2],
  ["edit", "high", 3],
  ["digest", "high", 2],
] as const)("%s of %s has priority %i", async (purpose, priority, expected) => {
  expect((await published({ purpose, priority })).priority).toBe(expected);
});

test("a word that a comma would divide is no tag", async () => {
  const { tags } = await published({ alert: { ...anOutgoing().alert, symbol: "A,skull" } });
  expect(tags).toEqual(["rotating_light", "SIGNAL"]);
  expect((await published({ purpose: "test", priority: "low", alert: null })).tags).toEqual(["bell"]);
});

test.each([
  [undefined, undefined],
  ["tk_abc", "Bearer tk_abc"],
  ["ada:pass", `Basic ${Buffer.from("ada:pass").toString("base64")}`],
])("the token %p is sent as %p", async (token, authorization) => {
  server.script(ntfyScript.accept);
  await send({}, token === undefined ? {} : { token });
  expect(server.received.at(-1)?.headers["authorization"]).toBe(authorization);
});

test.each([
  [400, 40009, "broken"],
  [400, 40010, "broken"],
  [400, 40024, "refused"],
  [401, 40101, "broken"],
  [403, 40301, "broken"],
  [413, 41303, "refused"],
  [429, 42901, "pause"],
  [429, 42908, "pause"],
  [429, 42999, "pause"],
  [500, 50001, "again"],
])("HTTP %i with code %i: %s", async (http, code, outcome) => {
  server.script({ status: http, body: JSON.stringify({ code, http, error: "as it says" }) });
  expect(await send()).toMatchObject({ outcome });
});

test("what answers 200 but is not ntfy has taken nothing", async () => {
  for (const body of ["<html>sign in</html>", "", "[]", '{"status":"ok"}']) {
    server.script({ status: 200, body });
    expect(await send()).toMatchObject({ outcome: "broken", answer: "HTTP 200 OK, but not from ntfy" });
  }
});

test("of another sequence id it is no name for changing it", async () => {
  server.script({ status: 200, body: JSON.stringify({ id: "hwQ2", sequence_id: "hwQ2" }) });
  expect(await send()).toEqual({ outcome: "accepted", answer: "HTTP 200 OK" });
});
