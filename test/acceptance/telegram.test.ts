import { expect, test } from "bun:test";
import type { HealthShape } from "../../src/views/health";
import { startBotApi } from "../support/bot-api";
import { until } from "../support/daemon";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";
import {
  anna,
  answered,
  answerTo,
  begin,
  buttonOf,
  chat,
  labelsUnder,
  lastText,
  press,
  stranger,
  write,
} from "../support/telegram-chat";

test("a press acknowledges: it is answered once it holds, and the message says who has it", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 82 }));
  await until("the message", () => api.messages(chat).length === 1);
  expect(labelsUnder(api)).toEqual(["Acknowledge", "Mute 2 h", "Took", "Skipped"]);
  const acknowledge = buttonOf(api, "Acknowledge");
  press(api, acknowledge);
  expect(await answered(api, 1)).toMatch(/^a\d+ acknowledged until 16:00 UTC$/);
  const [alert] = await story.at("1s").expect({ state: "acknowledged" });
  expect(alert?.acknowledged).toMatchObject({ by: "anna" });
  await until("the change", () => lastText(api)?.includes("acknowledged by anna"));
  expect(labelsUnder(api)).toEqual(["Mute 2 h", "Took", "Skipped"]);
  press(api, acknowledge);
  expect(await answered(api, 2)).toMatch(/acknowledged by you already$/);
});

test("a mute holds for two hours and once, however often it is pressed; what was made of a signal is noted once", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 82 }));
  await until("the message", () => api.messages(chat).length === 1);
  press(api, buttonOf(api, "Mute 2 h"), { callback: "one" });
  expect(await answered(api, 1)).toMatch(/^muted until 14:00 UTC.*symbol=SOLUSDT \(q\d+\)$/);
  press(api, buttonOf(api, "Mute 2 h"), { callback: "one" });
  expect(await answered(api, 2)).toMatch(/^muted already, until 14:00 UTC/);
  const { items } = await story.get<{ items: { by: string }[] }>("/api/silences");
  expect(items.map(({ by }) => by)).toEqual(["anna"]);
  for (const _ of [1, 2]) press(api, buttonOf(api, "Took"));
  expect(await answered(api, 4)).toMatch(/^noted before: took a\d+$/);
  expect(story.rows("SELECT value, by FROM acts")).toEqual([{ value: "took", by: "anna" }]);
  await until("the message to say so", () => lastText(api)?.endsWith("\ntaken by anna"));
  expect(api.messages(chat)).toHaveLength(1);
});

test("a forged or foreign press does nothing, and says so to those who may act; a stranger is sent nothing", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 82 }));
  await until("the message", () => api.messages(chat).length === 1);
  const acknowledge = buttonOf(api, "Acknowledge");
  press(api, acknowledge, { from: stranger });
  press(api, acknowledge, { in: chat - 1 });
  write(api, "/alerts", { from: stranger });
  write(api, "/alerts", { in: chat - 1 });
  press(api, acknowledge.replace(/a\d+/, "a99999"));
  expect(await answered(api, 1)).toStartWith("nothing was done");
  expect(api.callbackAnswers).toHaveLength(1);
  expect(api.messages(chat)).toHaveLength(1);
  await story.at("1s").expect({ state: "open" });
});

test("commands are those of the command line, one message each; one that is none is answered with the nearest", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 82, more: { reliability: 0.91, price: 143.2 } }));
  const [alert] = await story.at("1s").expect({ symbol: "SOLUSDT" });
  await until("the message", () => api.messages(chat).length === 1);
  const { id: signal } = await story.signal("SOLUSDT");
  const answer = (text: string) => answerTo(api, story, text);
  const what = "SOLUSDT Long, strength 82.0, reliability 91.0 %";
  expect(await answer("/alerts sol")).toBe(`${alert?.id} medium: ${what} (1 s ago)`);
  expect(await answer("/alerts priority=high")).toBe("no alert stands that matches");
  expect(await answer("/signals SOL")).toBe(`${signal} ${what}, price 143.2; raised (1 s ago)`);
  expect(await answer("/signals SLO")).toBe("there was no signal of SLO in the last 30 days: did you mean SOL?");
  expect(await answer(`/why ${alert?.id}`)).toStartWith(
    `${alert?.id} ${what}\nmedium, raised 12:00 UTC (1 s ago), open\n\n`,
  );
  expect(await answer(`/why ${signal}`)).toContain(`signal: raised as ${alert?.id}\npassed: new`);
  expect(await answer("/why a99999")).toBe("a99999 is not kept, or never was");
  expect(await answer(`/ACK@desk_bot ${alert?.id} 2h`)).toBe(`${alert?.id} acknowledged until 14:00 UTC`);
  expect(await answer("/alerts")).toEndWith("(1 s ago, anna has it)");
  expect(await answer(`/unack ${alert?.id}`)).toBe(`${alert?.id} given back`);
  expect(await answer(`/resolve ${alert?.id}`)).toBe(`${alert?.id} is an event: it ends by itself, at its time`);
  expect(await answer("/status")).toMatch(
    /^degraded, up \d+ s\nreports: fresh, last report 1 s ago\n1 alert: 1 medium\nnothing is known to be wrong\nnot known: disk: /,
  );
  expect(await answer("/ack")).toBe("which alert?\n/ack ID... [2h]");
  expect(await answer("/alert")).toBe("there is no /alert: did you mean /alerts?");
  expect(await answer("/frobnicate")).toBe("there is no /frobnicate: /help lists what there is");
  expect(await answer("/help")).toContain("/silence SYMBOL, ID or MATCHER... 2h: ");
});

test("silences are made, listed and ended from the chat; quiet is one of all but high", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 60 }));
  const answer = (text: string) => answerTo(api, story, text);
  expect(await answer("/silences")).toBe("nothing is muted");
  const made = await answer("/silence SOL 2h");
  expect(made).toMatch(/^muted until 14:00 UTC; high ones go out: symbol=SOLUSDT \(q\d+\)$/);
  const [id = ""] = /q\d+/.exec(made) ?? [];
  expect(await answer("/silences")).toBe(`${id} symbol=SOLUSDT until 14:00 UTC, by anna; held back 0`);
  expect(await answer("/silence SOL")).toStartWith("what is to be muted, and for how long?\n/silence ");
  expect(await answer("/silence DOGE 2h")).toBe("there was no signal of DOGE in the last 30 days");
  await story.at("60s").report(aSignal({ symbol: "SOLUSDT", strength: 82 }));
  await until("it to be held back", async () => (await answer("/silences")).endsWith("held back 1"));
  expect(await answer(`/expire ${id}`)).toBe(`${id} has ended: symbol=SOLUSDT; it held back 1`);
  expect(await answer(`/expire ${id}`)).toBe("The silence has ended");
  expect(await answer("/silence expire q99999")).toBe("there is no silence q99999: /silences lists them");
  expect(await answer("/quiet on")).toMatch(/^quiet for everyone until \/quiet off, .* high ones go out \(q\d+\)$/);
  expect(await answer("/quiet on")).toStartWith("it is quiet already, by anna");
  await story.at("120s").report(aSignal({ symbol: "ETHUSDT", strength: 82 }));
  await until("it to be held back", async () => (await answer("/silences")).endsWith(": quiet; held back 1"));
  expect(await answer("/quiet off")).toBe("no longer quiet; held back meanwhile: 1");
  expect(await answer("/quiet off")).toBe("it was not quiet");
});

test("a channel made at run time is acted from once it names who may, and no longer once it names no one", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await Story.begin();
  const made = { name: "phone", kind: "telegram", token: api.token, chat, api: api.url };
  expect((await story.post("/api/channels", made)).status).toBe(201);
  const change = async (users: object) => {
    const body = JSON.stringify({ users });
    const headers = { "content-type": "application/json" };
    const url = `${story.daemon.url}/api/channels/phone`;
    expect((await fetch(url, { method: "PATCH", headers, body })).status).toBe(200);
  };
  await change({ [anna.id]: "anna" });
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 95 }));
  await until("the message", () => labelsUnder(api)?.includes("Acknowledge"));
  expect(await answerTo(api, story, "/alerts")).toContain("SOLUSDT");
  const checks = async () => (await story.get<HealthShape>("/api/dashboard/health")).checks;
  expect((await checks())["telegram"]).toMatchObject({ status: "healthy" });
  await change({});
  expect((await checks())["telegram"]).toBeUndefined();
  api.refuseNext(409, "Conflict: terminated by other getUpdates request", { retry_after: 600 });
  await change({ [anna.id]: "anna" });
  await until("the conflict", async () => (await checks())["telegram"]?.message.includes("another program reads"));
});
