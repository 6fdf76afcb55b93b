import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChannelShape, ChannelTested } from "../../src/views/channels";
import type { DeliveryShape } from "../../src/views/deliveries";
import type { HealthShape } from "../../src/views/health";
import type { ListOf } from "../../src/views/page";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { aSignal } from "../support/reports";
import { framesOf, listenTo } from "../support/socket";

setDefaultTimeout(30_000);

type Answered = Partial<ChannelShape & ChannelTested & { readonly code: string; readonly detail: string }>;

const secret = `whsec_${Buffer.from("a secret of thirty bytes, just").toString("base64")}`;

/** A receiver whose answer can be changed. */
function receiver(status = 200) {
  const received: { id: string | null; signed: boolean; type: string }[] = [];
  const answering = { status };
  const server = Bun.serve({
    port: 0,
    async fetch(request) {
      const { type } = (await request.json()) as { type: string };
      const { headers } = request;
      received.push({ id: headers.get("webhook-id"), signed: headers.has("webhook-signature"), type });
      return new Response(null, { status: answering.status });
    },
  });
  return { received, answering, url: server.url.href, [Symbol.dispose]: () => void server.stop(true) };
}

async function send(
  desk: TestDaemon,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: Answered }> {
  const response = await fetch(`${desk.url}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Answered };
}

const channels = async (desk: TestDaemon) => (await desk.get<ListOf<ChannelShape>>("/api/channels")).items;
const named = async (desk: TestDaemon, name: string) => (await channels(desk)).find((each) => each.name === name);

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-channels-"));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test("a channel made at run time is sent what is raised, and shows its secret nowhere", () =>
  inFolder(async (folder) => {
    using hook = receiver();
    await using desk = await startTestDaemon({ folder });
    expect(await channels(desk)).toEqual([]);
    const asked = { name: "hook", kind: "webhook", url: hook.url, secret, give_up: "2h" };
    const made = await send(desk, "POST", "/api/channels", asked);
    expect([made.status, made.body]).toEqual([
      201,
      {
        name: "hook",
        kind: "webhook",
        origin: "runtime",
        audience: "machines",
        settings: { url: hook.url },
        secrets: ["secret"],
        give_up_seconds: 7200,
        created_at: expect.any(String),
        created_by: expect.any(String),
        state: "up",
        since: expect.any(String),
        last_delivered_at: null,
        today: { sent: 0, budget: null, exempt: null },
        latency: { p50: null, p95: null },
        last_answer: null,
        last_test: null,
        waiting: 0,
        digest: null,
      },
    ]);
    expect(await (await fetch(`${desk.url}/metrics`)).text()).toContain(
      'virtuoso_deliveries_total{channel="hook",purpose="raise",outcome="sent"} 0\n',
    );
    desk.drop("a.json", aSignal({ strength: 95 }).body(Date.now()));
    await until("the message", () => hook.received.length === 1);
    expect(hook.received[0]?.signed).toBe(true);
    const sent = await until("it is marked", async () => {
      const channel = await named(desk, "hook");
      return channel?.today.sent === 1 ? channel : null;
    });
    expect(sent).toMatchObject({ state: "up", waiting: 0, last_delivered_at: expect.any(String) });
    expect(sent.latency.p50).toBeGreaterThan(0);
    expect(sent.latency.p95).toBe(sent.latency.p50);
    expect(await (await fetch(`${desk.url}/metrics`)).text()).toContain(
      'virtuoso_deliveries_total{channel="hook",purpose="raise",outcome="sent"} 1\n',
    );
    await desk.restart();
    desk.drop("b.json", aSignal({ symbol: "ETHUSDT", strength: 95 }).body(Date.now()));
    await until("the next message, signed by what was sealed", () => hook.received.length === 2);
    expect(hook.received[1]?.signed).toBe(true);
  }));

test("names are unique, and what stands in the config is changed there", () =>
  inFolder(async (folder) => {
    using hook = receiver();
    const config = `import { defineConfig, webhook } from "virtuoso";
      export default defineConfig({ channels: [webhook({ name: "fixed", url: "${hook.url}" })] });`;
    await using desk = await startTestDaemon({ folder, config });
    const asked = { name: "own", kind: "webhook", url: hook.url };
    expect((await send(desk, "POST", "/api/channels", asked)).status).toBe(201);
    const refused: [string, string, object | undefined, number, string][] = [
      ["POST", "/api/channels", asked, 409, "conflict"],
      ["POST", "/api/channels", { ...asked, name: "fixed" }, 409, "conflict"],
      ["PATCH", "/api/channels/fixed", { url: hook.url }, 409, "conflict"],
      ["DELETE", "/api/channels/fixed", undefined, 409, "conflict"],
      ["PATCH", "/api/channels/none", {}, 404, "not-found"],
      ["DELETE", "/api/channels/none", undefined, 404, "not-found"],
      ["POST", "/api/channels/none/test", {}, 404, "not-found"],
      ["POST", "/api/channels", { name: "UP", kind: "webhook", url: hook.url }, 400, "validation"],
      ["POST", "/api/channels", { name: "a", kind: "pigeon" }, 400, "validation"],
      ["POST", "/api/channels", { name: "a", kind: "webhook", url: hook.url, colour: "red" }, 400, "validation"],
      ["POST", "/api/channels", { name: "a" }, 400, "validation"],
      ["POST", "/api/channels", { name: "a", url: "pigeon://x" }, 400, "validation"],
    ];
    for (const [method, path, body, status, code] of refused) {
      const answer = await send(desk, method, path, body);
      expect([method, path, body, answer.status, answer.body.code]).toEqual([method, path, body, status, code]);
    }
    const both = await Promise.all([1, 2].map(() => send(desk, "POST", "/api/channels", { ...asked, name: "twice" })));
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409]);
    expect((await channels(desk)).map(({ name, origin }) => [name, origin])).toEqual([
      ["fixed", "config"],
      ["own", "runtime"],
      ["twice", "runtime"],
    ]);
  }));

test("a change that leaves a secret out keeps it, null takes it away, and the audit log names no value", () =>
  inFolder(async (folder) => {
    using first = receiver();
    using second = receiver();
    await using desk = await startTestDaemon({ folder });
    await send(desk, "POST", "/api/channels", { name: "hook", kind: "webhook", url: first.url, secret, give_up: "2h" });
    const moved = await send(desk, "PATCH", "/api/channels/hook", { url: second.url });
    expect(moved.body).toMatchObject({ settings: { url: second.url }, secrets: ["secret"], give_up_seconds: 7200 });
    await send(desk, "POST", "/api/channels/hook/test", {});
    expect([first.received.length, second.received.map(({ signed }) => signed)]).toEqual([0, [true]]);
    await send(desk, "PATCH", "/api/channels/hook", { secret: null });
    await send(desk, "POST", "/api/channels/hook/test", {});
    expect(second.received.map(({ signed }) => signed)).toEqual([true, false]);
    await send(desk, "DELETE", "/api/channels/hook");
    const { items } =
      await desk.get<ListOf<{ what: string; subject: string; before: unknown; after: unknown }>>("/api/audit");
    expect(items.filter(({ subject }) => subject === "hook").map(({ what, after }) => [what, after])).toMatchObject([
      ["channel.removed", null],
      ["channel.changed", { secrets: [], secrets_changed: ["secret"] }],
      ["channel.changed", { settings: { url: second.url }, secrets: ["secret"], secrets_changed: [] }],
      ["channel.added", { kind: "webhook", secrets: ["secret"] }],
    ]);
    expect(JSON.stringify(items)).not.toContain(secret);
  }));

test("a test is sent as a delivery: 200 once accepted, else 502 with the reason, and it is not tried again", () =>
  inFolder(async (folder) => {
    using hook = receiver();
    await using desk = await startTestDaemon({ folder });
    const live = await listenTo(desk.url);
    await send(desk, "POST", "/api/channels", { name: "hook", kind: "webhook", url: hook.url });
    const accepted = await send(desk, "POST", "/api/channels/hook/test", {});
    expect(accepted).toMatchObject({
      status: 200,
      body: { outcome: "accepted", delivery: { purpose: "test", state: "sent", alert_id: null, channel: "hook" } },
    });
    expect(hook.received).toEqual([{ id: accepted.body.delivery?.id ?? null, signed: false, type: "test" }]);
    expect((await named(desk, "hook"))?.last_test).toEqual({
      at: accepted.body.at ?? "",
      outcome: "accepted",
      seconds: accepted.body.seconds ?? -1,
    });
    for (const [status, state] of [
      [500, "failing"],
      [400, "up"],
      [410, "broken"],
    ] as const) {
      hook.answering.status = status;
      const failed = await send(desk, "POST", "/api/channels/hook/test", {});
      expect([failed.status, failed.body.code, failed.body.detail]).toEqual([
        502,
        "not-delivered",
        expect.stringContaining(String(status)),
      ]);
      const channel = await named(desk, "hook");
      expect([channel?.last_test?.outcome, channel?.waiting, channel?.state]).toEqual(["failed", 0, state]);
    }
    const { checks, status } = await desk.get<HealthShape>("/api/dashboard/health");
    expect([checks["channels"]?.status, checks["channels"]?.message]).toEqual([
      "unhealthy",
      expect.stringContaining("hook"),
    ]);
    expect(status).not.toBe("healthy");
    hook.answering.status = 200;
    expect((await send(desk, "POST", "/api/channels/hook/test", {})).status).toBe(200);
    expect((await named(desk, "hook"))?.state).toBe("up");
    const frames = await until("the frames", () => {
      const changed = framesOf(live.frames, "channel_changed");
      return changed.at(-1)?.channel.state === "up" && changed.length > 5 ? changed : null;
    });
    expect(frames[0]).toMatchObject({ removed: false, channel: { name: "hook", origin: "runtime" } });
    expect(frames.map(({ channel }) => channel.state)).toContain("broken");
    expect(live.faults).toEqual([]);
    live.close();
    expect(framesOf(live.frames, "delivery_changed")[0]?.delivery).toMatchObject({ purpose: "test", state: "sent" });
  }));

test("tests are limited by themselves: each is a message to somebody", () =>
  inFolder(async (folder) => {
    using hook = receiver();
    const config = "export default { limits: { perMinute: { channelTest: 2 } } };";
    await using desk = await startTestDaemon({ folder, config, limits: true });
    await send(desk, "POST", "/api/channels", { name: "hook", kind: "webhook", url: hook.url });
    const statuses: number[] = [];
    for (let run = 0; run < 3; run++) statuses.push((await send(desk, "POST", "/api/channels/hook/test", {})).status);
    expect(statuses).toEqual([200, 200, 429]);
  }));

test("removing a channel takes back what was due to it", () =>
  inFolder(async (folder) => {
    using hook = receiver(500);
    await using desk = await startTestDaemon({ folder });
    const live = await listenTo(desk.url);
    await send(desk, "POST", "/api/channels", { name: "hook", kind: "webhook", url: hook.url });
    desk.drop("a.json", aSignal({ strength: 95 }).body(Date.now()));
    await until("a try", () => hook.received.length > 0);
    const failing = await until("the frame", () =>
      framesOf(live.frames, "channel_changed").find(({ channel }) => channel.state === "failing"),
    );
    expect(failing.channel).toMatchObject({ name: "hook", waiting: 1, last_answer: expect.stringContaining("500") });
    expect((await send(desk, "DELETE", "/api/channels/hook")).status).toBe(200);
    await until("it is withdrawn", async () => {
      const { items } = await desk.get<ListOf<DeliveryShape>>("/api/deliveries?channel=hook");
      return items[0]?.state === "withdrawn";
    });
    expect(framesOf(live.frames, "channel_changed").at(-1)).toMatchObject({ removed: true, channel: { name: "hook" } });
    live.close();
    expect(await channels(desk)).toEqual([]);
  }));

test("without its key a channel is broken and says why; once the key is back it works again", () =>
  inFolder(async (folder) => {
    using hook = receiver();
    await using desk = await startTestDaemon({ folder });
    const asked = { name: "hook", kind: "webhook", url: hook.url, secret };
    await send(desk, "POST", "/api/channels", asked);
    const key = join(desk.data, "seal.key");
    renameSync(key, `${key}.away`);
    await desk.restart();
    expect(await named(desk, "hook")).toMatchObject({
      state: "broken",
      secrets: ["secret"],
      last_answer: expect.stringContaining("seal.key"),
    });
    expect(await desk.get<HealthShape>("/api/dashboard/health")).toMatchObject({
      checks: { channels: { status: "unhealthy", message: expect.stringContaining("seal.key") } },
    });
    desk.drop("a.json", aSignal({ strength: 95 }).body(Date.now()));
    await until("it waits", async () => (await named(desk, "hook"))?.waiting === 1);
    const another = await send(desk, "POST", "/api/channels", { ...asked, name: "other" });
    expect([another.status, another.body.detail]).toEqual([409, expect.stringContaining("seal.key")]);
    const failed = await send(desk, "POST", "/api/channels/hook/test", {});
    expect([failed.status, failed.body.detail]).toEqual([502, expect.stringContaining("seal.key")]);
    renameSync(`${key}.away`, key);
    expect((await send(desk, "POST", "/api/channels/hook/test", {})).status).toBe(200);
    await until("what waited arrives", () => hook.received.some(({ type }) => type === "alert.raised"));
    expect((await named(desk, "hook"))?.state).toBe("up");
  }));

test("an address as Apprise writes it becomes a channel", () =>
  inFolder(async (folder) => {
    using hook = receiver();
    await using desk = await startTestDaemon({ folder });
    const { host } = new URL(hook.url);
    const made = await send(desk, "POST", "/api/channels", {
      name: "hook",
      url: `json://ada:a-long-password@${host}/in`,
    });
    expect(made.body).toMatchObject({ kind: "webhook", settings: { url: `http://${host}/in` }, secrets: ["headers"] });
    expect((await send(desk, "POST", "/api/channels/hook/test", {})).status).toBe(200);
  }));
