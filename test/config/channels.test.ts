import { expect, test } from "bun:test";
import { email, telegram, webhook } from "../../src/config/channel-constructors";
import { channelSchema, settingsIssues, settingsWithSecrets, type ChannelFile } from "../../src/config/channels";
import { env, file } from "../../src/config/secret";
import { inPlainWords, plainIssues } from "../../src/core/plain-words";
import { dayMs, hourMs } from "../../src/core/duration";

const secret = `whsec_${Buffer.alloc(24, 7).toString("base64")}`;
const url = "https://desk.example.org/hook";

const letters = { from: "desk@example.org", to: "ada@example.org" };

function issuesOf(channel: unknown): string[] {
  const parsed = channelSchema.safeParse(channel, inPlainWords);
  return parsed.success ? [] : plainIssues(parsed.error).map(({ path, message }) => `${path}: ${message}`);
}

test("a channel is read with its references, and with what it does not say", () => {
  const written = webhook({ url, secret: env("HOOK"), headers: { "x-desk": "one", authorization: file("token") } });
  expect(channelSchema.parse(written)).toEqual({
    kind: "webhook",
    name: "webhook",
    giveUpMs: dayMs,
    settings: { url, secret: env("HOOK"), headers: { "x-desk": "one", authorization: file("token") } },
  });
  expect(channelSchema.parse(webhook({ name: "hook", url, giveUp: "4h" }))).toEqual({
    kind: "webhook",
    name: "hook",
    giveUpMs: 4 * hourMs,
    settings: { url },
  });
});

test.each([
  [{ kind: "pigeon", name: "a" }, ["kind: "]],
  [{ kind: "webhook", name: "a" }, ["url: expected"]],
  [{ kind: "webhook", name: "A b", url }, ["name: expected lower-case"]],
  [{ kind: "webhook", name: "a", url, slots: 3 }, ["there is no such field: slots"]],
  [{ kind: "webhook", name: "a", url: "ftp://desk.example.org" }, ["url: expected"]],
  [{ kind: "webhook", name: "a", url: "https://me:pass@desk.example.org" }, ["url: expected an address without"]],
  [{ kind: "webhook", name: "a", url, giveUp: "5s" }, ["giveUp: expected 1m to 30d"]],
  [{ kind: "webhook", name: "a", url, secret }, ["secret: expected env("]],
  [{ kind: "webhook", name: "a", url, secret: [] }, ["secret: "]],
  [
    { kind: "webhook", name: "a", url, headers: { Authorization: "Bearer x" } },
    ["headers.Authorization: expected env("],
  ],
  [{ kind: "email", name: "a", smtp: "smtps://me:pass@mail.example.org", ...letters }, ["smtp: expected env("]],
  [{ kind: "email", name: "a", smtp: "mail.example.org", ...letters }, ["smtp: expected"]],
  [{ kind: "webhook", name: "a", url, headers: { "webhook-id": "d1" } }, ["set by the channel itself"]],
  [{ kind: "webhook", name: "a", url, headers: { "Content-Type": "text/plain" } }, ["set by the channel itself"]],
  [{ kind: "webhook", name: "a", url, headers: { "x-a": "one\r\nx-b: two" } }, ["expected one line"]],
])("%j is refused", (channel, expected) => {
  const issues = issuesOf(channel);
  expect(issues).toHaveLength(expected.length);
  for (const [index, part] of expected.entries()) expect(issues[index]).toContain(part);
  expect(issues.join()).not.toContain(secret.slice(6));
});

test("secrets are put in their place, or the channel has no settings", () => {
  const read = channelSchema.parse(
    webhook({ url, secret: [env("ONE"), env("TWO")], headers: { "x-desk": "one", authorization: env("TOKEN") } }),
  );
  const values: Readonly<Record<string, string>> = { ONE: secret, TWO: secret, TOKEN: "Bearer abc" };
  expect(settingsWithSecrets(read, (_path, { of }) => values[of] ?? null)).toEqual({
    url,
    secret: [secret, secret],
    headers: { "x-desk": "one", authorization: "Bearer abc" },
  });
  const asked: string[] = [];
  expect(
    settingsWithSecrets(read, (path, { of }) => {
      asked.push(path);
      return of === "TWO" ? null : "x";
    }),
  ).toBeNull();
  expect(asked).toEqual(["secret[0]", "secret[1]", "headers.authorization"]);
});

test("a mail server without a password may stand in the open, its number of a chat as a number", () => {
  expect(issuesOf(email({ smtp: "smtp://127.0.0.1:25", ...letters }))).toEqual([]);
  expect(issuesOf(email({ smtp: env("SMTP"), ...letters }))).toEqual([]);
  expect(channelSchema.parse(telegram({ token: env("BOT"), chat: -100_123 })).settings).toMatchObject({
    chat: "-100123",
  });
});

test("a secret of the wrong form is named without its value", () => {
  const issues = settingsIssues("webhook", { url, secret: "whsec_aGVsbG8=" });
  expect(issues).toEqual([{ path: "secret", message: "expected 24 to 64 bytes after whsec_" }]);
  expect(settingsIssues("webhook", { url, secret })).toEqual([]);
});

test("the types ask for references where the secrets are", () => {
  // @ts-expect-error: a secret in the open
  const open: ChannelFile = { kind: "webhook", name: "a", url, secret: "whsec_x" };
  // @ts-expect-error: no such kind
  const pigeon: ChannelFile = { kind: "pigeon", name: "a", url };
  expect(issuesOf(open)).toHaveLength(1);
  expect(issuesOf(pigeon)).toHaveLength(1);
});
