import { afterAll, beforeAll, expect, test } from "bun:test";
import { createHmac } from "node:crypto";
import { messageActs, type Outcome, type Outgoing } from "../../../src/notify/channels/channel";
import { telegram } from "../../../src/notify/channels/telegram";
import { readCallback } from "../../../src/notify/channels/telegram-buttons";
import { createPost } from "../../../src/notify/post";
import { startBotApi, type BotApi } from "../../support/bot-api";
import { startScriptedServer } from "../../support/scripted-server";
import { anOutgoing, noMail } from "./outgoing";

const chat = 4711;
const refusal = (description: string, parameters?: object) => ({
  status: 400,
  body: JSON.stringify({ ok: false, error_code: 400, description, parameters }),
});

let api: BotApi;
beforeAll(() => void (api = startBotApi()));
afterAll(() => api[Symbol.asyncDispose]());

function settingsOf(more: Record<string, unknown> = {}) {
  return telegram.settings.parse({ token: api.token, chat, api: api.url, ...more });
}

function send(over: Partial<Outgoing> = {}, more: Record<string, unknown> = {}): Promise<Outcome> {
  return telegram.send(settingsOf(more), anOutgoing(over), createPost(new AbortController().signal), noMail);
}

function remoteIdOf(outcome: Outcome): string {
  return outcome.outcome === "accepted" ? (outcome.remoteId ?? "") : "";
}

test("the title is bold, the link at the end; what is over is changed where it stands", async () => {
  api.open(chat);
  const raised = await send();
  expect(api.messages(chat)).toMatchObject([
    {
      html: '<b>BTCUSDT: BUY with strength 85</b>\nraised 13:02 UTC\n\n<a href="https://desk.example.org/alerts#a7">Open in Virtuoso</a>',
      silent: false,
      buttons: [],
    },
  ]);
  const edits = remoteIdOf(raised);
  const over = { purpose: "resolve", title: "Resolved", text: "Resolved", publicLink: null, edits } as const;
  expect(await send(over)).toMatchObject({ outcome: "accepted", remoteId: edits });
  expect(api.messages(chat).map(({ text }) => text)).toEqual(["Resolved"]);
  expect(await send(over)).toMatchObject({ outcome: "accepted", remoteId: edits });
  api.remove(chat, Number(edits.split("/")[1]));
  expect(await send(over)).toMatchObject({ outcome: "refused", isGone: true });
});

test.each([
  ["raise", "high", false],
  ["raise", "low", true],
  ["resolve", "high", true],
  ["digest", "high", true],
] as const)("%s of %s is silent: %p", async (purpose, priority, silent) => {
  api.open(chat);
  await send({ purpose, priority });
  expect(api.messages(chat)[0]?.silent).toBe(silent);
});

test("a text of 4,096 UTF-16 units is whole, with all that is escaped of it", async () => {
  api.open(chat);
  const title = "t".repeat(10);
  const text = "<&>🧨".repeat(817);
  expect(text).toHaveLength(4096 - title.length - 1);
  expect(await send({ title, text, publicLink: null })).toMatchObject({ outcome: "accepted" });
  expect(api.messages(chat)[0]?.text).toBe(`${title}\n${text}`);
  expect(await send({ title, text: `${text}x`, publicLink: null })).toMatchObject({ outcome: "accepted" });
  expect(api.messages(chat)[1]?.text).toEndWith("more characters");
});

test("a group that became a supergroup is followed, and its new id named", async () => {
  api.open(-100);
  api.migrate(-100, -1_001_000);
  const outcome = await send({}, { chat: -100 });
  expect(outcome).toMatchObject({ outcome: "accepted", answer: expect.stringContaining("set chat to -1001000") });
  expect(api.messages(-1_001_000)).toHaveLength(1);
  // What is changed later stands in the new one.
  await send({ purpose: "edit", title: "Changed", edits: remoteIdOf(outcome) }, { chat: -100 });
  expect(api.messages(-1_001_000)[0]?.text).toStartWith("Changed");
});

test("where the new chat takes nothing the channel is broken, by the id to set", async () => {
  await using server = await startScriptedServer();
  server.script(refusal("Bad Request: upgraded", { migrate_to_chat_id: -7 }), refusal("Bad Request: chat not found"));
  expect(await send({}, { api: server.url })).toMatchObject({
    outcome: "broken",
    advice: "the group is a supergroup now: set chat to -7",
  });
});

test("a limit is of all the bot's channels", async () => {
  api.open(chat);
  api.refuseNext(429, "Too Many Requests: retry after 11", { retry_after: 11 });
  const outcome = await send();
  expect(outcome).toMatchObject({ outcome: "pause", forMs: 11_000, mayHaveArrived: false });
  const [bot, here] = telegram.paces(settingsOf());
  expect(outcome).toHaveProperty("pace", bot?.key ?? "");
  const [same, elsewhere] = telegram.paces(settingsOf({ chat: -5 }));
  expect(same?.key).toBe(bot?.key ?? "");
  expect(elsewhere?.key).not.toBe(here?.key ?? "");
  expect(elsewhere?.everyMs).toBe(3000);
});

test.each([
  [400, "Bad Request: chat not found", "broken"],
  [403, "Forbidden: bot was blocked by the user", "broken"],
  [403, "Forbidden: bot was kicked from the supergroup chat", "broken"],
  [403, "Forbidden: something new", "broken"],
  [400, "Bad Request: not enough rights to send text messages to the chat", "broken"],
  [401, "Unauthorized", "broken"],
  [404, "Not Found", "broken"],
  [400, "Bad Request: message text is empty", "refused"],
  [500, "Internal Server Error", "again"],
])("HTTP %i %s: %s", async (status, description, outcome) => {
  api.refuseNext(status, description);
  expect(await send()).toMatchObject({ outcome });
});

test("what answers 200 but is no Bot API server has taken nothing", async () => {
  await using server = await startScriptedServer();
  for (const body of ["<html>sign in</html>", "", '{"ok":true}', '{"ok":true,"result":true}']) {
    server.script({ status: 200, body });
    expect(await send({}, { api: server.url })).toMatchObject({
      outcome: "broken",
      answer: "HTTP 200 OK, but not from Telegram",
    });
  }
});

test("what may be done stands under the message, and a press says what and of which alert", async () => {
  api.open(chat);
  await send({ acts: messageActs });
  const [message] = api.messages(chat);
  expect(message?.buttons.map((row) => row.map(({ text }) => text))).toEqual([
    ["Acknowledge", "Mute 2 h"],
    ["Took", "Skipped"],
  ]);
  const presses = message?.buttons.flat().map(({ callback_data: data }) => readCallback(api.token, data));
  expect(presses).toEqual(messageActs.map((act) => ({ act, alertId: "a7" })));
  await send({ acts: messageActs, alert: null });
  expect(api.messages(chat)[1]?.buttons).toEqual([]);
});

test("what no button of ours says is no press", async () => {
  api.open(chat);
  await send({ acts: ["acknowledge"] });
  const data = api.messages(chat)[0]?.buttons[0]?.[0]?.callback_data ?? "";
  expect(readCallback(api.token, data)).not.toBeNull();
  const foreign = createHmac("sha256", "another").update("button acknowledge.a7").digest("base64url").slice(0, 16);
  for (const other of [data.replace("a7", "a8"), data.slice(0, -1), `acknowledge.a7.${foreign}`, "", "…", `x${data}`])
    expect(readCallback(api.token, other)).toBeNull();
  expect(readCallback(`${api.token}x`, data)).toBeNull();
});

test("an id is a number or a text, a channel's its name; the server is Telegram's where none is named", () => {
  const settings = { token: api.token, chat: "@desk_alerts" };
  expect(telegram.settings.parse(settings)).toEqual({
    ...settings,
    api: "https://api.telegram.org",
    users: {},
    commands: true,
  });
  expect(telegram.settings.parse({ ...settings, chat: -7 }).chat).toBe("-7");
  for (const wrong of ["desk", "", "-", "@a"])
    expect(telegram.settings.safeParse({ ...settings, chat: wrong }).success).toBe(false);
});
