import { afterAll, beforeAll, expect, test } from "bun:test";
import * as fc from "fast-check";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { webhook } from "../../../src/notify/channels/webhook";
import { webhookBody } from "../../../src/notify/channels/webhook-body";
import { createPost } from "../../../src/notify/post";
import { startScriptedServer, type ScriptedServer } from "../../support/scripted-server";
import { anOutgoing, noMail } from "./outgoing";

const first = `whsec_${Buffer.alloc(24, "first").toString("base64")}`;
const second = `whsec_${Buffer.alloc(64, "second").toString("base64")}`;
const stranger = `whsec_${Buffer.alloc(32, "stranger").toString("base64")}`;

let server: ScriptedServer;
beforeAll(async () => void (server = await startScriptedServer()));
afterAll(() => server[Symbol.asyncDispose]());

async function received(settings: Record<string, unknown>, over = {}) {
  const now = { at: Date.now() };
  const post = createPost(new AbortController().signal);
  await webhook.send(
    webhook.settings.parse({ url: server.url, ...settings }),
    anOutgoing({ ...now, ...over }),
    post,
    noMail,
  );
  return server.received.at(-1)!;
}

test("the package of the standard verifies it, and refuses a changed body or another's secret", async () => {
  const { headers, body } = await received({ secret: first });
  expect(new Webhook(first).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(first).verify(`${body} `, headers)).toThrow(WebhookVerificationError);
  expect(() => new Webhook(stranger).verify(body, headers)).toThrow(WebhookVerificationError);
});

test("while a secret is replaced either verifies it", async () => {
  const { headers, body } = await received({ secret: [first, second] });
  expect(headers["webhook-signature"]).toMatch(/^v1,\S+ v1,\S+$/);
  for (const secret of [first, second]) expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(body));
  expect(() => new Webhook(stranger).verify(body, headers)).toThrow(WebhookVerificationError);
});

test("the user's own headers go with it", async () => {
  const { headers } = await received({ headers: { "x-desk": "one", "authorization": "Bearer abc" } });
  expect(headers).toMatchObject({ "x-desk": "one", "authorization": "Bearer abc" });
});

test("without a secret there is no signature, and the rest as ever", async () => {
  const { headers } = await received({});
  expect(headers).not.toHaveProperty("webhook-signature");
  expect(headers["webhook-id"]).toBe("d12-0a1b2c3d");
});

test("every try has the same id and body, its own time in seconds", async () => {
  const at = Date.now();
  const one = await received({ secret: first }, { at });
  const two = await received({ secret: first }, { at: at + 61_000 });
  expect(two.headers["webhook-id"]).toBe(one.headers["webhook-id"]);
  expect(two.body).toBe(one.body);
  expect(one.headers["webhook-timestamp"]).toBe(String(Math.floor(at / 1000)));
  expect(Number(two.headers["webhook-timestamp"]) - Number(one.headers["webhook-timestamp"])).toBe(61);
});

test("the body is as documented", async () => {
  const { body, headers } = await received({});
  const { id, purpose, link, alert, title, text } = anOutgoing();
  expect(JSON.parse(body)).toEqual({
    type: "alert.raised",
    timestamp: "2026-11-28T13:02:00.000Z",
    data: { alert, delivery: { id, purpose }, link, title, text },
  });
  expect(headers["content-type"]).toBe("application/json");
});

test.each([
  ["raise", "alert.raised"],
  ["remind", "alert.changed"],
  ["escalate", "alert.changed"],
  ["edit", "alert.changed"],
  ["resolve", "alert.resolved"],
  ["digest", "digest"],
  ["canary", "canary"],
  ["test", "test"],
] as const)("%s is sent as %s", (purpose, type) => {
  expect(JSON.parse(webhookBody(anOutgoing({ purpose, alert: null }), 20_000))).toMatchObject({
    type,
    data: { alert: null, delivery: { purpose } },
  });
});

test.each(["webhook-id", "Webhook-Signature", "Content-Type", "content-length", "Host", "Transfer-Encoding"])(
  "the header %s is not the user's",
  (name) => {
    expect(webhook.settings.safeParse({ url: server.url, headers: { [name]: "x" } }).success).toBe(false);
  },
);

test("a body that was too long is JSON, short enough, with what the alert is and the names of what is not whole", () => {
  const alert = fc.record({
    id: fc.constant("a7"),
    priority: fc.constant("high"),
    message: fc.string({ maxLength: 30_000, size: "max", unit: "binary" }),
    trace: fc.array(fc.string({ maxLength: 3000, size: "max" }), { maxLength: 12 }),
    details: fc.dictionary(fc.string(), fc.string({ maxLength: 9000, size: "max" }), { maxKeys: 4 }),
    labels: fc.dictionary(fc.string(), fc.string()),
  });
  fc.assert(
    fc.property(alert, (given) => {
      const body = webhookBody(anOutgoing({ alert: given, title: given.message, text: given.message }), 20_000);
      expect(Buffer.byteLength(body)).toBeLessThanOrEqual(20_000);
      const { data } = JSON.parse(body);
      expect(data.alert).toMatchObject({ id: "a7", priority: "high" });
      expect(data.alert.message).toBeString();
      expect(data.delivery).toEqual({ id: "d12-0a1b2c3d", purpose: "raise" });
      const changed = Object.keys(given).filter(
        (name) => JSON.stringify(data.alert[name]) !== JSON.stringify(given[name as keyof typeof given]),
      );
      expect(data.shortened ?? []).toEqual(changed);
    }),
    { numRuns: 60 },
  );
});

test("the small stay when the large have to go", () => {
  const alert = { ...anOutgoing().alert, details: { note: "short" }, trace: ["x".repeat(30_000)] };
  const { data } = JSON.parse(webhookBody(anOutgoing({ alert }), 20_000));
  expect(data.shortened).toEqual(["trace"]);
  expect(data.alert).toEqual({ ...anOutgoing().alert, trace: undefined, details: { note: "short" } });
});
