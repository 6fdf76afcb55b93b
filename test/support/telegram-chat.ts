import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BotApi } from "./bot-api";
import { until } from "./daemon";
import { atOnce } from "./receivers";
import { dawn, Story } from "./story";

/** The chat of the channel, one who may act from it, and one who may not. */
export const chat = -100_200;
export const anna = { id: 4711, is_bot: false, first_name: "Anna" };
export const stranger = { id: 666, is_bot: false, first_name: "Mallory" };

/** A desk whose one channel is acted from. */
export function remoteConfig(api: BotApi, more = ""): string {
  return `import { defineConfig, file, reports, telegram } from "virtuoso";
    export default defineConfig({ sources: [reports({ expectEvery: "10m" })], ${atOnce(["telegram"])} channels: [telegram({
      token: file("FOLDER/bot-token"), chat: ${chat}, api: "${api.url}", users: { ${anna.id}: "anna" }, ${more} })] });`;
}

export function keepToken(api: BotApi): (folder: string) => void {
  return (folder) => writeFileSync(join(folder, "bot-token"), api.token);
}

export function begin(api: BotApi, more = ""): Promise<Story> {
  return Story.begin({ config: remoteConfig(api, more), before: keepToken(api) });
}

interface Written {
  readonly from?: typeof anna;
  readonly in?: number;
  /** Epoch ms. */
  readonly at?: number;
  /** Its number, where it is to come again. */
  readonly update?: number | null;
}

/** Someone writes to the bot. */
export function write(
  api: BotApi,
  text: string,
  { from = anna, in: id = chat, at = dawn, update = null }: Written = {},
): void {
  api.push({
    message: { message_id: 1, date: Math.floor(at / 1000), chat: { id }, from, text },
    ...(update !== null && { update_id: update }),
  });
}

export function press(
  api: BotApi,
  data: string,
  { from = anna, in: id = chat, callback = `press ${crypto.randomUUID()}` } = {},
): void {
  api.push({ callback_query: { id: callback, from, data, message: { message_id: 1, chat: { id } } } });
}

/** What a button under the newest message of the chat sends. */
export function buttonOf(api: BotApi, label: string): string {
  const buttons = api.messages(chat).at(-1)?.buttons.flat() ?? [];
  return buttons.find(({ text }) => text === label)?.callback_data ?? `there is no button ${label}`;
}

export function labelsUnder(api: BotApi): string[] | undefined {
  return api
    .messages(chat)
    .at(-1)
    ?.buttons.flat()
    .map(({ text }) => text);
}

export function lastText(api: BotApi): string | undefined {
  return api.messages(chat).at(-1)?.text;
}

/** What the press of this place was answered. */
export async function answered(api: BotApi, count: number): Promise<string | undefined> {
  await until(`answer ${count}`, () => api.callbackAnswers.length >= count);
  return api.callbackAnswers[count - 1]?.text;
}

/** Sends a command and answers what came of it: one message. */
export async function answerTo(api: BotApi, story: Pick<Story, "now">, text: string): Promise<string> {
  const before = api.messages(chat).length;
  write(api, text, { at: story.now });
  await until(`an answer to ${text}`, () => api.messages(chat).length > before);
  return api.messages(chat)[before]?.text ?? "";
}
