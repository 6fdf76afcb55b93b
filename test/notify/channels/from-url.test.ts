import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { channelFromUrl } from "../../../src/notify/channels/from-url";
import { channelKinds } from "../../../src/notify/channels/index";

const botToken = "123456789:AAEhBOweik6ad9r_-QRaQDTzYvGEj5bM3w0";

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString("base64")}`;
}

test.each([
  ["ntfy://Desk_7", "ntfy", { topic: "Desk_7" }],
  ["ntfys://desk", "ntfy", { topic: "desk" }],
  ["NTFYS://desk/", "ntfy", { topic: "desk" }],
  ["ntfys://tk_abc@desk", "ntfy", { topic: "desk", token: "tk_abc" }],
  ["ntfys://desk?token=tk_abc", "ntfy", { topic: "desk", token: "tk_abc" }],
  ["ntfy://10.0.0.5:8080/desk", "ntfy", { server: "http://10.0.0.5:8080", topic: "desk" }],
  ["ntfys://ntfy.example.org/desk", "ntfy", { server: "https://ntfy.example.org", topic: "desk" }],
  [
    "ntfys://ada:p%40ss@ntfy.example.org/desk",
    "ntfy",
    { server: "https://ntfy.example.org", topic: "desk", token: "ada:p@ss" },
  ],
  ["ntfys://[::1]:8080/desk", "ntfy", { server: "https://[::1]:8080", topic: "desk" }],
  ["discord://118001/to_ken-X", "discord", { webhook: "https://discord.com/api/webhooks/118001/to_ken-X" }],
  ["discord://1/x?thread=7", "discord", { webhook: "https://discord.com/api/webhooks/1/x?thread_id=7" }],
  [
    "https://discord.com/api/webhooks/118001/to_ken-X",
    "discord",
    { webhook: "https://discord.com/api/webhooks/118001/to_ken-X" },
  ],
  ["slack://T1/B2/cRe", "slack", { webhook: "https://hooks.slack.com/services/T1/B2/cRe" }],
  ["https://hooks.slack.com/services/T1/B2/cRe", "slack", { webhook: "https://hooks.slack.com/services/T1/B2/cRe" }],
  ["https://hooks.slack.com.example.org/a", "webhook", { url: "https://hooks.slack.com.example.org/a" }],
  [`tgram://${botToken}/-10012`, "telegram", { token: botToken, chat: "-10012" }],
  [`tgram://${botToken}/@desk_alerts/`, "telegram", { token: botToken, chat: "@desk_alerts" }],
  [
    "mailtos://ada:p%40ss@example.org",
    "email",
    { smtp: "smtp://ada%40example.org:p%40ss@example.org", from: "ada@example.org", to: ["ada@example.org"] },
  ],
  [
    "mailtos://ada:pass@example.org:465/bo@example.org?smtp=mail.example.net&mode=ssl&user=desk&from=Desk%20%3Cdesk@example.org%3E",
    "email",
    { smtp: "smtps://desk:pass@mail.example.net:465", from: "Desk <desk@example.org>", to: ["bo@example.org"] },
  ],
  [
    "mailto://ada@example.org?to=bo@example.org,cy@example.org",
    "email",
    { smtp: "smtp://example.org?tls=none", from: "ada@example.org", to: ["bo@example.org", "cy@example.org"] },
  ],
  ["json://localhost", "webhook", { url: "http://localhost/" }],
  ["https://hooks.example.org/a?b=c", "webhook", { url: "https://hooks.example.org/a?b=c" }],
  ["json://localhost:9000/in/desk", "webhook", { url: "http://localhost:9000/in/desk" }],
  ["jsons://hooks.example.org/a%20b", "webhook", { url: "https://hooks.example.org/a%20b" }],
  [
    "jsons://ada:pass@hooks.example.org/a",
    "webhook",
    { url: "https://hooks.example.org/a", headers: { authorization: basic("ada:pass") } },
  ],
  ["jsons://hooks.example.org/a?%2BX-Desk=one&+X-Two=2", "webhook", null],
  [
    "jsons://hooks.example.org/a?%2BX-Desk=one",
    "webhook",
    { url: "https://hooks.example.org/a", headers: { "X-Desk": "one" } },
  ],
])("%s", (url, kind, settings) => {
  const read = channelFromUrl(url);
  if (settings === null) return expect(read).toHaveProperty("issue");
  expect(read).toEqual({ kind, settings });
  const schema = channelKinds.find((each) => each.kind === kind)!.settings;
  expect(schema.safeParse(settings).success).toBe(true);
});

test.each([
  ["desk", "expected an address such as"],
  ["constructor://desk", "got constructor://"],
  ["ntfys://", "is no address"],
  ["ntfys:///desk", "is no address"],
  ["ntfys://%zz@desk", "is no address"],
  ["ntfys://ntfy.example.org/one/two", "expected one topic"],
  ["discord://118001", "expected discord://webhook-id/webhook-token"],
  ["discord://118001/x?avatar=no", "no such parameter: avatar"],
  ["slack://T1/B2/cRe/#desk", "is no address"],
  ["slack://T1/B2/cRe/more", "expected slack://"],
  ["slack://bot@T1/B2/cRe", "expected slack://"],
  [`tgram://${botToken}/1/2`, "expected one chat"],
  [`tgram://${botToken}`, "is no address"],
  ["tgram://desk/1", "expected tgram://token/chat"],
  ["mailtos://ada:pass@example.org?mode=tls", "expected mode=ssl"],
  ["mailtos://ada:pass@example.org?bcc=a", "no such parameter: bcc"],
  ["ntfys://desk?priority=high", "no such parameter: priority"],
  ["jsons://hooks.example.org?method=PUT", "no such parameter: method"],
])("%s is refused", (url, issue) => {
  const read = channelFromUrl(url);
  expect("issue" in read && read.issue).toContain(issue);
});

test("whatever is given, it answers, and repeats no secret", () => {
  const secret = "p4ssw0rd";
  const urls = fc
    .tuple(
      fc.constantFrom("ntfy", "ntfys", "json", "jsons", "discord", "slack", "tgram", "mailtos", "x"),
      fc.webUrl({ withQueryParameters: true }),
      fc.string(),
    )
    .map(([scheme, url, end]) => `${scheme}://ada:${secret}@${url.slice("https://".length)}${end}`);
  fc.assert(
    fc.property(urls, (url) => {
      const read = channelFromUrl(url);
      if ("issue" in read) expect(read.issue).not.toContain(secret);
    }),
  );
});
