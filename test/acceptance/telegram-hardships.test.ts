import { expect, test } from "bun:test";
import pino from "pino";
import { startGuardedDaemon } from "../support/access";
import { startBotApi } from "../support/bot-api";
import { until } from "../support/daemon";
import { aSignal } from "../support/reports";
import {
  anna,
  answerTo,
  begin,
  buttonOf,
  chat,
  keepToken,
  lastText,
  press,
  remoteConfig,
  stranger,
  write,
} from "../support/telegram-chat";

const now = { now: Date.now() };

test("an account does what its role allows, and nothing once it is gone; strangers are a line in the log, once", async () => {
  await using api = startBotApi();
  api.open(chat);
  const logged: { level: number; msg: string }[] = [];
  const log = pino({}, { write: (line: string) => void logged.push(JSON.parse(line) as (typeof logged)[number]) });
  await using daemon = await startGuardedDaemon({ config: remoteConfig(api), before: keepToken(api), log });
  const lines = () => logged.filter(({ msg }) => msg.includes("is not answered"));
  write(api, "/silences");
  await until("a line for whom no account is", () => lines().length === 1);
  await daemon.addUser("anna", "viewer");
  expect(await answerTo(api, now, "/silences")).toBe("nothing is muted");
  expect(await answerTo(api, now, "/quiet on")).toBe("your account may not use /quiet");
  expect(await answerTo(api, now, "/help")).not.toContain("/quiet");
  const before = api.messages(chat).length;
  for (let n = 0; n < 5; n++) write(api, "/silences", { from: stranger });
  write(api, "/silences", { in: stranger.id, from: stranger });
  expect(await answerTo(api, now, "/silences")).toBe("nothing is muted");
  expect(api.messages(chat)).toHaveLength(before + 1);
  expect(lines()).toHaveLength(3);
  expect(JSON.stringify(logged)).not.toContain(api.token.split(":")[1] ?? "");
});

test("what was answered is not answered again after a restart", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 60 }));
  write(api, "/silence SOL 2h");
  await until("the answer", () => api.messages(chat).length === 1);
  await story.daemon.restart();
  write(api, "/silence SOL 3h", { update: 1 });
  expect(await answerTo(api, story, "/help")).toContain("/alerts");
  expect(api.messages(chat)).toHaveLength(2);
  const { items } = await story.get<{ items: unknown[] }>("/api/silences");
  expect(items).toHaveLength(1);
});

test("an answer waits where Telegram asks for it; what is late is not done", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  // The first is answered at once; the one after it waits for what is written.
  await until("a poll", () => api.calls.filter((method) => method === "getUpdates").length === 2);
  api.refuseNext(429, "Too Many Requests: retry after 0.02", { retry_after: 0.02 });
  expect(await answerTo(api, story, "/silences")).toBe("nothing is muted");
  expect(api.calls.filter((method) => method === "sendMessage")).toHaveLength(2);
  write(api, "/quiet on", { at: story.now - 3 * 3_600_000 });
  await until("the answer", () => lastText(api)?.startsWith("not done: /quiet was sent 3 h ago."));
  expect(await answerTo(api, story, "/silences")).toBe("nothing is muted");
});

test("a group that became a supergroup is listened to under its new id, over a restart too", async () => {
  await using api = startBotApi();
  const to = -100_999;
  api.open(to);
  await using story = await begin(api);
  const foreign = { id: -5 };
  api.push({ message: { message_id: 1, date: 0, chat: { id: to }, migrate_from_chat_id: foreign.id } });
  write(api, "/silences", { in: to });
  api.push({ message: { message_id: 2, date: 0, chat: { id: chat }, migrate_to_chat_id: to } });
  write(api, "/silences", { in: to });
  await until("the answer", () => api.messages(to).length === 1);
  await story.daemon.restart();
  write(api, "/silences", { in: to });
  await until("the answer", () => api.messages(to).length === 2);
});

test("markup in what a report or a person says is text; what is too long is cut", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  const symbol = "<b>X&Y</b>";
  await story.at("0s").report(aSignal({ symbol: "M&M-EQ", strength: 82 }));
  await until("the message", () => api.messages(chat).length === 1);
  press(api, buttonOf(api, "Mute 2 h"));
  await until("the answer", () => api.callbackAnswers.length === 1);
  expect(await answerTo(api, story, "/silences")).toContain('symbol="M&M-EQ"');
  expect(await answerTo(api, story, `/alerts ${symbol}`)).toStartWith("<b>X&Y</b> is no symbol");
  expect(await answerTo(api, story, `/alerts source="${"<".repeat(200)}"`)).toBe("no alert stands that matches");
  expect(await answerTo(api, story, `/ack ${"<&>".repeat(1300)}`)).toContain("is no alert's id");
});

test("buttons stay without commands; without users nothing is read", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api, "commands: false");
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 82 }));
  await until("the message", () => api.messages(chat).length === 1);
  write(api, "/silences");
  press(api, buttonOf(api, "Took"), { from: anna });
  await until("the answer", () => api.callbackAnswers.length === 1);
  expect(api.messages(chat)).toHaveLength(1);
});
