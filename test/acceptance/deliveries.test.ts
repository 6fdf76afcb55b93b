import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ChannelShape } from "../../src/views/channels";
import type { AlertDeliveries, DeliveryCounts, DeliveryShape } from "../../src/views/deliveries";
import type { ListOf } from "../../src/views/page";
import { virtuoso, virtuosoOnTerminal } from "../commands/program";
import { startTestDaemon, until, type TestDaemon } from "../support/daemon";
import { aSignal } from "../support/reports";

setDefaultTimeout(30_000);

type Listed = ListOf<DeliveryShape> & { readonly counts: DeliveryCounts };

const folder = mkdtempSync(join(tmpdir(), "virtuoso-deliveries-"));
const receivers: ReturnType<typeof Bun.serve>[] = [];
let desk: TestDaemon;

function receiver(status: number): string {
  const server = Bun.serve({ port: 0, fetch: () => new Response(null, { status }) });
  receivers.push(server);
  return server.url.href;
}

beforeAll(async () => {
  const config = `import { defineConfig, webhook } from "virtuoso";
    export default defineConfig({ channels: [
      webhook({ name: "works", url: "${receiver(200)}" }),
      webhook({ name: "refuses", url: "${receiver(400)}" }),
    ] });`;
  desk = await startTestDaemon({ folder, config });
  desk.drop("btc.json", aSignal({ symbol: "BTCUSDT", strength: 95 }).body(Date.now()));
  desk.drop("low.json", aSignal({ symbol: "LOWUSDT", strength: 70 }).body(Date.now()));
  desk.drop("eth.json", aSignal({ symbol: "ETHUSDT", strength: 80 }).body(Date.now()));
  await until("all were tried", async () => {
    const { items } = await desk.get<Listed>("/api/deliveries");
    const raised = await desk.get<ListOf<unknown>>("/api/alerts?symbol=LOWUSDT");
    return raised.items.length === 1 && items.length === 4 && items.every(({ state }) => state !== "due");
  });
});

afterAll(async () => {
  await desk[Symbol.asyncDispose]();
  for (const server of receivers) void server.stop(true);
  rmSync(folder, { recursive: true, force: true });
});

const list = (query: string) => desk.get<Listed>(`/api/deliveries?${query}`);
const ids = ({ items }: Listed) => items.map(({ id }) => id);

test("what was sent and what was not, newest first, page by page", async () => {
  const all = await list("");
  expect(all.items.map(({ channel, state, purpose, attempts }) => [channel, state, purpose, attempts])).toEqual(
    all.items.map(({ channel }) => [channel, channel === "works" ? "sent" : "failed", "raise", 1]),
  );
  expect(all.counts).toEqual({ due: 0, sent: 2, failed: 2, stale: 0, withdrawn: 0, folded: 0 });
  const first = await list("limit=3");
  expect([...ids(first), ...ids(await list(`limit=3&cursor=${first.next_cursor}`))]).toEqual(ids(all));
  const [newest] = all.items;
  expect(newest?.id).toMatch(/^n\d+-[0-9a-f]{8}$/);
  expect(all.items.find(({ state }) => state === "failed")).toMatchObject({
    accepted_at: null,
    last_answer: expect.stringContaining("400"),
    folded_into: null,
    route: null,
    step: 0,
  });
});

test("every filter narrows it, and the counts are of all states", async () => {
  const [about] = (await desk.get<ListOf<{ id: string }>>("/api/alerts?symbol=ETHUSDT")).items;
  const asked: [string, number][] = [
    ["state=failed", 2],
    ["channel=works", 2],
    ["channel=works&state=failed", 0],
    ["purpose=raise", 4],
    ["purpose=resolve", 0],
    [`alert=${about?.id}`, 2],
    [`alert=${about?.id}&state=sent`, 1],
    ["since=1h", 4],
    ["until=1h", 0],
    ["match=symbol%3DBTCUSDT", 2],
    ["match=symbol%3DBTCUSDT&match=priority%3E%3Dhigh&state=sent", 1],
    ["match=symbol%3DSOLUSDT", 0],
  ];
  for (const [query, count] of asked) expect([query, ids(await list(query)).length]).toEqual([query, count]);
  expect((await list("channel=works&state=failed")).counts).toMatchObject({ sent: 2, failed: 0 });
  expect((await list("match=symbol%3DBTCUSDT&state=sent&limit=1")).counts).toMatchObject({ sent: 1, failed: 1 });
  expect((await list(`alert=${about?.id}`)).counts).toMatchObject({ sent: 1, failed: 1 });
  expect((await fetch(`${desk.url}/api/deliveries?state=lost`)).status).toBe(400);
});

test("an alert says how far its messages have come, and alerts are found by one that failed", async () => {
  const alerts = (query: string) => desk.get<ListOf<{ id: string; symbol: string }>>(`/api/alerts?${query}`);
  const [about] = (await alerts("symbol=ETHUSDT")).items;
  const { deliveries } = await desk.get<{ deliveries: AlertDeliveries }>(`/api/alerts/${about?.id}`);
  expect(deliveries).toEqual({
    accepted: 1,
    of: 2,
    by: [
      { channel: "works", purpose: "raise", state: "sent" },
      { channel: "refuses", purpose: "raise", state: "failed" },
    ],
    next: null,
  });
  expect((await alerts("delivery=failed")).items.map(({ symbol }) => symbol).toSorted()).toEqual([
    "BTCUSDT",
    "ETHUSDT",
  ]);
  expect((await alerts("delivery=failed&symbol=SOLUSDT")).items).toEqual([]);
  const act = await fetch(`${desk.url}/api/alerts/${about?.id}/acknowledge`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  expect(await act.json()).toMatchObject({ deliveries: { of: expect.any(Number), by: expect.any(Array) } });
});

test("each channel counts what it was sent itself", async () => {
  const { items } = await desk.get<ListOf<ChannelShape>>("/api/channels");
  expect(
    items.map(({ name, state, latency, today: { sent } }) => [name, state, sent > 0, latency.p50 !== null]),
  ).toEqual([
    ["works", "up", true, true],
    ["refuses", "up", false, false],
  ]);
});

test("it is downloaded as other lists are", async () => {
  const lines = await (await fetch(`${desk.url}/api/deliveries?format=jsonl&state=failed`)).text();
  expect(
    lines
      .trim()
      .split("\n")
      .map((line) => (JSON.parse(line) as DeliveryShape).channel),
  ).toEqual(["refuses", "refuses"]);
  const csv = await (await fetch(`${desk.url}/api/deliveries?format=csv`)).text();
  expect(csv.split("\r\n")[0]).toStartWith("id,alert_id,channel,route,step,purpose,state,");
});

test("the command line lists it, the daemon up or down, at 60 columns", async () => {
  const asked = ["deliveries", "--data", desk.data, "--state", "FAILED"];
  const listed = await virtuoso([...asked, "-o", "json"]);
  const failed = await list("state=failed");
  expect(JSON.parse(listed.out)).toEqual(failed.items);
  const remote = await virtuoso(["deliveries", "--url", desk.url, "--channel", "works", "-o", "ids"]);
  expect(remote.out.trim().split("\n")).toEqual(ids(await list("channel=works")));
  await desk.stop();
  expect((await virtuoso([...asked, "-o", "ids"])).out.trim().split("\n")).toEqual(ids(failed));
  const table = Bun.stripANSI(await virtuosoOnTerminal(asked, 60));
  expect(table).toContain("refuses");
  for (const line of table.split("\r\n")) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(60);
});
