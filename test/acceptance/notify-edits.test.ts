import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBotApi, type BotApi } from "../support/bot-api";
import { until } from "../support/daemon";
import { outbox } from "../support/outbox";
import { atOnce } from "../support/receivers";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";

const chat = -100_200;

/** A bot's channels to these chats, each called as its chat is. */
function begin(api: BotApi, more = "", chats: readonly number[] = [chat]): Promise<Story> {
  const channels = chats.map(
    (each) => `telegram({ name: "of${each}", token: file("FOLDER/bot-token"), chat: ${each}, api: "${api.url}" })`,
  );
  const config = `import { defineConfig, file, reports, telegram } from "virtuoso";
    export default defineConfig({ sources: [reports({ expectEvery: "10m" })],
      channels: [${channels.join(", ")}], ${atOnce(chats.map((each) => `of${each}`))} ${more} });`;
  return Story.begin({ config, before: (folder) => writeFileSync(join(folder, "bot-token"), api.token) });
}

const weak = () => aSignal({ strength: 60 });

test("one message per alert: who has it and that it is over are said in the message that said it began", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api, 'server: { publicUrl: "http://localhost:1234" }');
  await story.at("0s").report(weak());
  const [alert] = await story.at("12m").expect({ rule: "source-silent" });
  await until("the message", () => api.messages(chat).length === 1);
  const what = "reports: no report for 12 min, expected every 10 min";
  expect(api.messages(chat)[0]).toMatchObject({ text: `${what}\n\nOpen in Virtuoso` });
  expect(api.messages(chat)[0]?.html).toContain(`href="http://localhost:1234/dashboard?alert=${alert?.id}"`);
  await story.post(`/api/alerts/${alert?.id}/acknowledge`, { for: "2h" });
  await until("the acknowledgement", () => api.messages(chat)[0]?.text.includes("acknowledged by owner"));
  await story.at("13m").report(weak());
  await until("its end", () => api.messages(chat)[0]?.text.startsWith("Resolved"));
  expect(api.messages(chat).map(({ text }) => text)).toEqual([
    `Resolved: ${what}\nraised 12:12 UTC, resolved 12:13 UTC\n\nOpen in Virtuoso`,
  ]);
  await until("all to be sent", () => outbox(story).every(({ state }) => state === "sent"));
  expect(outbox(story)).toHaveLength(3);
});

test("that it is over is sent anew where the message is no more", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  await story.at("0s").report(weak());
  story.at("12m");
  await until("the message", () => api.messages(chat).length === 1);
  api.remove(chat, api.messages(chat)[0]?.id ?? 0);
  await story.at("13m").report(weak());
  await until("its end", () => api.messages(chat).length === 1);
  expect(api.messages(chat)[0]?.text).toBe(
    "Resolved: reports: no report for 12 min, expected every 10 min\nraised 12:12 UTC, resolved 12:13 UTC",
  );
  expect(api.calls).toEqual(["sendMessage", "editMessageText", "sendMessage"]);
});

test("a signal's price and plan stand beside what was measured, and why it was worth an alert under it", async () => {
  await using api = startBotApi();
  api.open(chat);
  await using story = await begin(api);
  const plan = { price: 143.2, entry: 143, stop_loss: 139.5, targets: [150, 156.25] };
  await story.at("0s").report(aSignal({ symbol: "SOLUSDT", strength: 82, more: { ...plan, reliability: 0.91 } }));
  await until("the message", () => api.messages(chat).length === 1);
  expect(api.messages(chat)[0]?.text).toBe(
    "SOLUSDT Long, strength 82.0, reliability 91.0 %, price 143.2, entry 143, stop 139.5, targets 150 / 156.25\n" +
      "Raised because strength 82 is at least 65 and reliability 91.0 % is at least 75.0 %.",
  );
});

test("two channels of one bot are paced together, and rest together when it is asked to", async () => {
  await using api = startBotApi();
  const chats = [4711, 4712];
  for (const each of chats) api.open(each);
  await using story = await begin(api, "", chats);
  const sent = () => chats.map((each) => api.messages(each).length);
  api.refuseNext(429, "Too Many Requests: retry after 120", { retry_after: 120 });
  await story.at("0s").report(aSignal({ symbol: "BTCUSDT", strength: 80 }));
  await until("both to be tried, or one to wait", () => api.calls.length > 0 && sent().some((count) => count > 0));
  await until("the refusal to be kept", () => outbox(story).some(({ answer }) => answer?.includes("429") === true));
  const before = api.calls.length;
  await story.at("60s").report(aSignal({ symbol: "ETHUSDT", strength: 80 }));
  await story.at("61s").expect({ symbol: "BTCUSDT" }, { symbol: "ETHUSDT" });
  await Bun.sleep(50);
  expect(api.calls).toHaveLength(before);
  story.at("121s");
  // What waited comes as one.
  await until("nothing to be due", () => outbox(story).every(({ state }) => state !== "due"));
  expect(sent()).toEqual([1, 2]);
});
