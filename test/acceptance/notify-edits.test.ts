import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { startBotApi, type BotApi } from "../support/bot-api";
import { until } from "../support/daemon";
import { outbox } from "../support/outbox";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";

const chat = -100_200;

function begin(api: BotApi, more = ""): Promise<Story> {
  const config = `import { defineConfig, file, reports, telegram } from "virtuoso";
    export default defineConfig({ sources: [reports({ expectEvery: "10m" })],
      channels: [telegram({ token: file("FOLDER/bot-token"), chat: ${chat}, api: "${api.url}" })], ${more} });`;
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
