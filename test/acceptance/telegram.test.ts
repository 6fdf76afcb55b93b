import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBotApi, type BotApi } from "../support/bot-api";
import { until } from "../support/daemon";
import { atOnce } from "../support/receivers";
import { aSignal } from "../support/reports";
import { dawn, Story } from "../support/story";

const chat = -100_200;
const anna = { id: 4711, is_bot: false, first_name: "Anna" };
const stranger = { id: 666, is_bot: false, first_name: "Mallory" };

function begin(api: BotApi, more = ""): Promise<Story> {
  const config = `import { defineConfig, file, reports, telegram } from "virtuoso";
    export default defineConfig({ sources: [reports({ expectEvery: "10m" })], ${atOnce(["telegram"])} channels: [telegram({
      token: file("FOLDER/bot-token"), chat: ${chat}, api: "${api.url}", users: { ${anna.id}: "anna" }, ${more} })] });`;
  return Story.begin({ config, before: (folder) => writeFileSync(join(folder, "bot-token"), api.token) });
}

/** Someone writes to the bot; the clock of the story is the chat's. */
function write(api: BotApi, text: string, { from = anna, in: id = chat, at = dawn } = {}): void {
  api.push({ message: { message_id: 1, date: Math.floor(at / 1000), chat: { id }, from, text } });
}

function press(
  api: BotApi,
  data: string,
  { from = anna, in: id = chat, callback = `press ${crypto.randomUUID()}` } = {},
): void {
  api.push({ callback_query: { id: callback, from, data, message: { message_id: 1, chat: { id } } } });
}

/** What a button under the newest message of the chat sends. */
function buttonOf(api: BotApi, label: string): string {
  const buttons = api.messages(chat).at(-1)?.buttons.flat() ?? [];
  return buttons.find(({ text }) => text === label)?.callback_data ?? `there is no button ${label}`;
}

const labelsUnder = (api: BotApi, at = -1) =>
  api
    .messages(chat)
    .at(at)
    ?.buttons.flat()
    .map(({ text }) => text);
const lastText = (api: BotApi) => api.messages(chat).at(-1)?.text;

async function answered(api: BotApi, count: number): Promise<string | undefined> {
  await until(`answer ${count}`, () => api.callbackAnswers.length >= count);
  return api.callbackAnswers[count - 1]?.text;
}

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
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 82 }));
  const [alert] = await story.at("1s").expect({ symbol: "SOLUSDT" });
  await until("the message", () => api.messages(chat).length === 1);
  const answer = async (text: string) => {
    const before = api.messages(chat).length;
    write(api, text, { at: story.now });
    await until(`an answer to ${text}`, () => api.messages(chat).length > before);
    return api.messages(chat)[before]?.text;
  };
  expect(await answer("/alerts sol")).toBe(
    `${alert?.id} medium: SOLUSDT Long, strength 82.0, reliability unknown (1 s ago)`,
  );
  expect(await answer("/alert")).toBe("there is no /alert: did you mean /alerts?");
  expect(await answer(`/ACK@desk_bot ${alert?.id} 2h`)).toBe(`${alert?.id} acknowledged until 14:00 UTC`);
  expect(await answer("/ack")).toBe("which alert?\n/ack ID... [2h]");
  expect(await answer("/help")).toContain("/alerts [SYMBOL or MATCHER...]: ");
});
