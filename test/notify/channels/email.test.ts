import { expect, test } from "bun:test";
import type { Outcome, Outgoing } from "../../../src/notify/channels/channel";
import { email } from "../../../src/notify/channels/email";
import { createMail, type MailOptions } from "../../../src/notify/mail";
import type { Post } from "../../../src/notify/post";
import { mailCertificate, mailLogin, startMailServer } from "../../support/mail-server";
import { headerText, partsOf } from "../../support/mime";
import type { Received, ScriptedServer } from "../../support/scripted-server";
import { anOutgoing } from "./outgoing";
import { emailScript } from "./scripts/email";

const noPost: Post = () => Promise.reject(new Error("it speaks no HTTP"));

function send(
  server: Pick<ScriptedServer, "url">,
  over: Partial<Outgoing> = {},
  settings: Record<string, unknown> = {},
  mail = createMail(new AbortController().signal, { ca: mailCertificate }),
): Promise<Outcome> {
  const parsed = email.settings.parse({ ...emailScript.settings(server.url), ...settings });
  return email.send(parsed, anOutgoing(over), noPost, mail);
}

function mailOf(options: MailOptions = {}) {
  return createMail(new AbortController().signal, options);
}

function parts(request: Received | undefined) {
  const read = partsOf(request?.body ?? "");
  return { text: read.get("text/plain")?.text ?? "", html: read.get("text/html")?.text ?? "" };
}

test("a letter has its subject, both its parts, and headers that keep programs from answering", async () => {
  await using server = await startMailServer();
  expect(await send(server)).toEqual({ outcome: "accepted", answer: "SMTP 250" });
  const [letter] = server.received;
  expect(letter).toMatchObject({
    path: "ada@example.org",
    headers: {
      from: "Virtuoso <desk@example.org>",
      to: "ada@example.org",
      subject: "BTCUSDT: BUY with strength 85",
      "message-id": "<d12-0a1b2c3d@example.org>",
      references: "<alert-a7-0a1b2c3d@example.org>",
      "in-reply-to": "<alert-a7-0a1b2c3d@example.org>",
      "auto-submitted": "auto-generated",
      date: "Sat, 28 Nov 2026 13:02:00 +0000",
      importance: "High",
    },
  });
  const { text, html } = parts(letter);
  expect(text).toBe("raised 13:02 UTC\n\nhttps://desk.example.org/alerts#a7");
  expect(html).toContain("<p><strong>BTCUSDT: BUY with strength 85</strong></p>\n<p>raised 13:02 UTC</p>");
  expect(html).toContain('<a href="https://desk.example.org/alerts#a7">Open in Virtuoso</a>');
});

test("letters of one alert stand together whatever they are for, a test's by itself", async () => {
  await using server = await startMailServer();
  await send(server, { id: "n12-0a1b2c3d" });
  await send(server, { id: "n15-0a1b2c3d", purpose: "resolve" });
  await send(server, { id: "n16-ffffffff" });
  await send(server, { id: "n17-0a1b2c3d", purpose: "test", alert: null, priority: "medium" });
  const [raised, resolved, another, tested] = server.received.map(({ headers }) => headers);
  expect(resolved?.["references"]).toBe(raised?.["references"] ?? "");
  expect(resolved?.["message-id"]).not.toBe(raised?.["message-id"]);
  expect(resolved).not.toHaveProperty("importance");
  expect(another?.["references"]).not.toBe(raised?.["references"]);
  expect(tested).not.toHaveProperty("references");
});

test.each(["a\r\nBcc: eve@example.org", "a\nBcc: eve@example.org", "a\u2028Bcc: eve@example.org", "a\rBcc: eve"])(
  "%j makes no header and no line of its own in the subject",
  async (title) => {
    await using server = await startMailServer();
    await send(server, { title, text: title });
    const [letter] = server.received;
    expect(letter?.path).toBe("ada@example.org");
    expect(letter?.headers).not.toHaveProperty("bcc");
    expect(headerText(letter?.headers["subject"] ?? "")).toStartWith("a Bcc: eve");
  },
);

test("markup is text in the HTML part", async () => {
  await using server = await startMailServer();
  await send(server, { title: "t", text: 't\n<img src=x onerror="a()"> & co\nsecond' });
  const { text, html } = parts(server.received[0]);
  expect(text).toStartWith('<img src=x onerror="a()"> & co\nsecond');
  expect(html).toContain("<p>&lt;img src=x onerror=&quot;a()&quot;&gt; &amp; co<br>\nsecond</p>");
});

test.each([
  ["at once", { tls: true }, true],
  ["by STARTTLS", { startTls: true }, true],
  ["not at all on this machine, where it is not offered", {}, false],
] as const)("TLS %s", async (_, options, secure) => {
  await using server = await startMailServer(options);
  expect(await send(server)).toMatchObject({ outcome: "accepted" });
  expect(server.secure).toEqual([secure]);
});

test.each([{ tls: true }, { startTls: true }])(
  "with %j a certificate that is not trusted breaks the channel, and nothing is said",
  async (options) => {
    await using server = await startMailServer(options);
    expect(await send(server, {}, {}, mailOf())).toMatchObject({
      outcome: "broken",
      answer: "its certificate is signed by itself (DEPTH_ZERO_SELF_SIGNED_CERT)",
    });
    expect(server.received).toEqual([]);
  },
);

test("where STARTTLS is needed and not offered nothing is sent, nor the password", async () => {
  await using server = await startMailServer();
  const { port } = new URL(server.url);
  const letter = {
    from: { name: "", address: "desk@example.org" },
    to: ["ada@example.org"],
    subject: "s",
    text: "t",
    html: "h",
  };
  const rest = { messageId: "<a@b>", references: null, date: new Date(0), headers: {}, isUrgent: false };
  const at = { host: "127.0.0.1", port: Number(port), tls: "required", login: mailLogin } as const;
  expect(await mailOf()(at, { ...letter, ...rest })).toMatchObject({ code: "ETLS", permanent: true });
  expect(server.received).toEqual([]);
});

test.each([
  [451, "again", "SMTP 451"],
  [421, "again", "SMTP 421"],
  [454, "again", "SMTP 454"],
  [550, "refused", "SMTP 550 to RCPT TO"],
  [554, "refused", "SMTP 554 to DATA"],
  [535, "broken", "SMTP 535: the sign-in is refused"],
])("a reply of %i: %s", async (status, outcome, answer) => {
  await using server = await startMailServer();
  server.script({ status, body: "as it says, of desk@example.org" });
  expect(await send(server)).toMatchObject({ outcome, answer });
});

test("a wrong password breaks the channel", async () => {
  await using server = await startMailServer();
  const smtp = server.url.replace("://", "://desk%40example.org:wrong@");
  expect(await send(server, {}, { smtp })).toMatchObject({ outcome: "broken" });
});

test("of those it is for one that may take it later is enough to try again", async () => {
  const recipients = new Map([
    ["bo@example.org", 450],
    ["eve@example.org", 550],
  ]);
  await using server = await startMailServer({ recipients });
  expect(await send(server, {}, { to: ["bo@example.org", "eve@example.org"] })).toMatchObject({ outcome: "again" });
});

test("that the last of those it is for never takes it is no failure where others got it", async () => {
  const recipients = new Map([["bo@example.org", 452]]);
  await using server = await startMailServer({ recipients });
  const mail = mailOf();
  const to = ["ada@example.org", "bo@example.org"];
  expect(await send(server, {}, { to }, mail)).toMatchObject({ outcome: "again" });
  recipients.set("bo@example.org", 550);
  expect(await send(server, {}, { to }, mail)).toMatchObject({
    outcome: "accepted",
    answer: "SMTP 250, not for bo@example.org (550)",
  });
});

test("who got it already does not get it again; who is refused for good is named", async () => {
  const recipients = new Map([
    ["bo@example.org", 452],
    ["eve@example.org", 550],
  ]);
  await using server = await startMailServer({ recipients });
  const mail = mailOf();
  const to = ["ada@example.org", "bo@example.org", "eve@example.org"];
  expect(await send(server, {}, { to }, mail)).toMatchObject({
    outcome: "again",
    answer: "SMTP 452 for bo@example.org, taken for others",
  });
  recipients.delete("bo@example.org");
  expect(await send(server, {}, { to }, mail)).toMatchObject({
    outcome: "accepted",
    answer: "SMTP 250, not for eve@example.org (550)",
  });
  expect(server.received.map(({ path }) => path)).toEqual(["ada@example.org", "bo@example.org"]);
});

test.each([
  ["smtps://mail.example.org", true],
  ["smtp://ada:p%40ss@mail.example.org:2525", true],
  ["smtp://mail.example.org?tls=none", true],
  ["smtp://ada:pass@mail.example.org?tls=none", false],
  ["smtp://ada:pass@127.0.0.1?tls=none", true],
  ["smtps://mail.example.org?tls=none", false],
  ["smtps://ada@mail.example.org", false],
  ["smtps://ada:%zz@mail.example.org", false],
  ["smtps://mail.example.org/path", false],
  ["https://mail.example.org", false],
  ["mail.example.org", false],
])("%s is a mail server: %p", (smtp, isOne) => {
  expect(email.settings.safeParse({ smtp, from: "a@example.org", to: "b@example.org" }).success).toBe(isOne);
});

test.each([
  ["desk@example.org", true],
  ["Desk of Ada <desk@example.org>", true],
  ['"Desk" <desk@example.org>', false],
  ["Desk\nBcc: eve@example.org <desk@example.org>", false],
  ["a@example.org, b@example.org", false],
  ["Desk <desk>", false],
])("%j is a sender: %p", (from, isOne) => {
  expect(email.settings.safeParse({ smtp: "smtps://m", from, to: "b@example.org" }).success).toBe(isOne);
});
