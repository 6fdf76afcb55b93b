import { afterAll, beforeAll, expect, test } from "bun:test";
import type { Outcome, Outgoing } from "../../../src/notify/channels/channel";
import { slack } from "../../../src/notify/channels/slack";
import { createPost } from "../../../src/notify/post";
import { startScriptedServer, type ScriptedServer } from "../../support/scripted-server";
import { anOutgoing, noMail } from "./outgoing";
import { slackMessage, slackScript } from "./scripts/slack";

const plain = (text: string) => ({ type: "plain_text", text, emoji: false });

let server: ScriptedServer;
beforeAll(async () => void (server = await startScriptedServer()));
afterAll(() => server[Symbol.asyncDispose]());

function send(over: Partial<Outgoing> = {}): Promise<Outcome> {
  const post = createPost(new AbortController().signal);
  return slack.send(slack.settings.parse(slackScript.settings(server.url)), anOutgoing(over), post, noMail);
}

async function message(over: Partial<Outgoing> = {}) {
  server.script(slackScript.accept);
  await send(over);
  return slackMessage(server.received.at(-1)!);
}

test("the title heads what else there is, and the link", async () => {
  expect(await message()).toEqual({
    text: "BTCUSDT: BUY with strength 85",
    blocks: [
      { type: "header", text: plain("BTCUSDT: BUY with strength 85") },
      { type: "section", text: plain("raised 13:02 UTC") },
      { type: "section", text: { type: "mrkdwn", text: "<https://desk.example.org/alerts#a7|Open in Virtuoso>" } },
    ],
    unfurl_links: false,
    unfurl_media: false,
  } as never);
  expect((await message({ title: "Only this", text: "Only this", publicLink: null })).blocks).toHaveLength(1);
});

test("a title longer than a header stands under it in full", async () => {
  const title = "x".repeat(200);
  const { blocks } = await message({ title, text: title });
  expect(blocks[1]?.text.text).toBe(title);
});

test("three signs are escaped, in what a notification shows as well", async () => {
  const { text, blocks } = await message({ title: "<!channel> & co" });
  expect(text).toBe("&lt;!channel&gt; &amp; co");
  expect(blocks[0].text.text).toBe("&lt;!channel&gt; &amp; co");
});

test.each([
  [403, "action_prohibited", "broken"],
  [403, "invalid_token", "broken"],
  [404, "channel_not_found", "broken"],
  [410, "channel_is_archived", "broken"],
  [404, "no_service", "broken"],
  [400, "user_not_found", "broken"],
  [400, "invalid_payload", "refused"],
  [400, "constructor", "refused"],
  [500, "rollup_error", "again"],
])("HTTP %i %s: %s", async (status, body, outcome) => {
  server.script({ status, body });
  const given = await send();
  expect(given).toMatchObject({ outcome });
  expect(given.answer.includes(body)).toBe(outcome === "broken");
});

test("what answers 200 but is not Slack has taken nothing", async () => {
  for (const body of ["<html>sign in</html>", "", '{"ok":true}']) {
    server.script({ status: 200, body });
    expect(await send()).toMatchObject({ outcome: "broken", answer: "HTTP 200 OK, but not from Slack" });
  }
});
