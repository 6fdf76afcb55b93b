import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Outcome, Outgoing } from "../../../src/notify/channels/channel";
import { discord } from "../../../src/notify/channels/discord";
import { createPost } from "../../../src/notify/post";
import { startScriptedServer, type Reply, type ScriptedServer } from "../../support/scripted-server";
import { anOutgoing, noMail } from "./outgoing";
import { discordAccepts, discordMessage, discordScript, discordShown } from "./scripts/discord";

const limited = (global: boolean): Reply => ({ status: 429, body: JSON.stringify({ retry_after: 3, global }) });

let server: ScriptedServer;
beforeAll(async () => void (server = await startScriptedServer()));
afterAll(() => server[Symbol.asyncDispose]());

function send(over: Partial<Outgoing> = {}, query = ""): Promise<Outcome> {
  const { webhook } = discordScript.settings(server.url);
  const post = createPost(new AbortController().signal);
  return discord.send(
    discord.settings.parse({ webhook: `${String(webhook)}${query}` }),
    anOutgoing(over),
    post,
    noMail,
  );
}

async function message(over: Partial<Outgoing> = {}) {
  server.script(discordAccepts);
  await send(over);
  return discordMessage(server.received.at(-1)!);
}

test("the title is the message, what else there is stands under it with the link", async () => {
  expect(await message()).toEqual({
    content: "**BTCUSDT: BUY with strength 85**",
    embeds: [
      {
        color: 0xd9_2d_20,
        description: "raised 13:02 UTC",
        title: "Open in Virtuoso",
        url: "https://desk.example.org/alerts#a7",
      },
    ],
    allowed_mentions: { parse: [] },
  });
  expect(await message({ title: "Only this", text: "Only this", publicLink: null })).toMatchObject({ embeds: [] });
});

test.each([
  "@everyone",
  "<@123>",
  "https://evil.example.org",
  "[x](y)",
  "||x||",
  "- x",
  "# x",
  "a\n-# b\n> c",
  "<t:1:R>",
])("%p is text", async (text) => {
  const { embeds } = await message({ title: "t", text });
  expect(embeds[0]?.description).not.toBe(text);
  expect(discordShown(embeds[0]?.description ?? "")).toBe(text);
});

test("the thread of a forum stays in the address, of a message and of its change", async () => {
  server.script({ status: 200, body: '{"id":"42"}' });
  await send({}, "?thread_id=77");
  expect(server.received.at(-1)!.path).toEndWith("?thread_id=77&wait=true");
  await send({ edits: "42", purpose: "edit" }, "?thread_id=77");
  expect(server.received.at(-1)).toMatchObject({ method: "PATCH" });
  expect(server.received.at(-1)!.path).toEndWith("/messages/42?thread_id=77");
});

test.each([
  ["the last for a time", { "x-ratelimit-remaining": "0", "x-ratelimit-reset-after": "1.25" }, 1250],
  ["not the last", { "x-ratelimit-remaining": "1", "x-ratelimit-reset-after": "1.25" }, undefined],
  ["the last, without a time", { "x-ratelimit-remaining": "0" }, undefined],
] as const)("what is taken as %s", async (_, headers, restMs) => {
  server.script({ status: 200, headers, body: '{"id":"42"}' });
  const outcome = await send();
  expect(outcome).toMatchObject({ outcome: "accepted", remoteId: "42" });
  expect("restMs" in outcome ? outcome.restMs : undefined).toBe(restMs);
});

test("a limit of all its webhooks is one of the host's, any other of this webhook alone", async () => {
  server.script(limited(true));
  const { host } = new URL(server.url);
  expect(await send()).toMatchObject({ outcome: "pause", forMs: 3000, pace: `discord ${host}` });
  expect(discord.paces({ webhook: `${server.url}/webhooks/1/x` }).map(({ key }) => key)).toContain(`discord ${host}`);
  server.script(limited(false));
  expect(await send()).not.toHaveProperty("pace");
});

test.each([
  [404, 10_008, "refused"],
  [404, 10_015, "broken"],
  [404, 10_003, "broken"],
  [401, 50_027, "broken"],
  [400, 50_035, "refused"],
  [400, 50_083, "broken"],
  [400, 220_001, "broken"],
  [500, 0, "again"],
])("HTTP %i with code %i: %s", async (status, code, outcome) => {
  server.script({ status, body: JSON.stringify({ message: "as it says", code }) });
  expect(await send()).toMatchObject({ outcome });
});

test("what answers 200 but is not Discord has taken nothing", async () => {
  for (const body of ["<html>sign in</html>", "", "[]", '{"id":7}']) {
    server.script({ status: 200, body });
    expect(await send()).toMatchObject({ outcome: "broken", answer: "HTTP 200 OK, but not from Discord" });
  }
});

test("what is no webhook's address is none", () => {
  for (const webhook of ["https://discord.com/", "https://discord.com/api/webhooks/x/y", "discord.com/webhooks/1/x"])
    expect(discord.settings.safeParse({ webhook }).success).toBe(false);
});
