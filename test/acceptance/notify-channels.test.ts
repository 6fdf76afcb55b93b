import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Database } from "bun:sqlite";
import { databasePath } from "../../src/store/db";
import type { AlertShape } from "../../src/views/alerts";
import { until } from "../support/daemon";
import { aHook, aPhone, configWith, taken, wholeOf, type Receiver } from "../support/receivers";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";

const many = "monitoring: { max_alerts: 100 }";

interface Row {
  readonly channel: string;
  readonly state: string;
  readonly attempts: number;
  readonly answer: string | null;
}

function outbox(story: Story): Row[] {
  return story.rows<Row>("SELECT channel, state, attempts, last_answer AS answer FROM deliveries ORDER BY seq");
}

function stateOf(story: Story, channel: string) {
  return story.rows<{ state: string; paused: number | null; failures: number }>(
    "SELECT state, paused_until AS paused, failures FROM channel_states WHERE name = ?",
    channel,
  )[0];
}

/** The config file is edited; resolves when what it says holds. */
async function edit(
  story: Story,
  channels: readonly Pick<Receiver<unknown>, "channel">[],
  holds: () => boolean,
): Promise<void> {
  writeFileSync(join(story.folder, "virtuoso.config.ts"), configWith(channels, many));
  await until("the edited config to hold", holds);
}

test("a 429 pauses the channel and not the row, over a restart as well", async () => {
  await using hook = await aHook();
  hook.server.script({ status: 429, headers: { "retry-after": "120" } }, { status: 200 });
  await using story = await Story.begin({ config: configWith([hook], many) });
  await story.at("0s").report(aSignal({ symbol: "BTCUSDT" }));
  await until("the pause", () => stateOf(story, "hook")?.paused);
  expect(stateOf(story, "hook")).toMatchObject({ state: "up", failures: 0, paused: story.now + 120_000 });
  await story.at("30s").report(aSignal({ symbol: "ETHUSDT" }));
  await story.at("60s").restart();
  story.at("119s");
  await Bun.sleep(50);
  expect(hook.messages).toHaveLength(1);
  expect(outbox(story)).toMatchObject([
    { state: "due", attempts: 0, answer: "HTTP 429 Too Many Requests" },
    { state: "due", attempts: 0, answer: null },
  ]);
  story.at("120s");
  await until("both", () => outbox(story).every(({ state }) => state === "sent"));
  expect(hook.messages.map(({ data }) => data.alert?.symbol)).toEqual(["BTCUSDT", "BTCUSDT", "ETHUSDT"]);
  expect(hook.messages[1]?.data.delivery).toEqual(hook.messages[0]?.data.delivery ?? { id: "", purpose: "" });
});

test("a broken channel is an alert to the others; what waited goes out once it is mended", async () => {
  await using hook = await aHook();
  await using phone = await aPhone();
  hook.server.script({ status: 404 });
  await using story = await Story.begin({ config: configWith([hook, phone], many) });
  await story.at("0s").report(aSignal({ symbol: "BTCUSDT" }));
  await until("the alert at the phone", () => phone.messages.length === 2);
  expect(wholeOf(phone.messages[1])).toBe(
    "channel hook is broken: HTTP 404 Not Found; there is nothing at its address: correct the address",
  );
  const [broken] = (await story.get<{ items: AlertShape[] }>("/api/alerts?type=SYSTEM")).items;
  expect(broken).toMatchObject({ rule: "channel-broken", kind: "state", state: "open", priority: "high" });
  expect(await story.get(`/api/alerts/${broken?.id}`)).toMatchObject({
    details: {
      channel: "hook",
      why: "HTTP 404 Not Found",
      advice: "there is nothing at its address: correct the address",
    },
  });
  await story.at("1m").report(aSignal({ symbol: "ETHUSDT" }));
  story.at("5h");
  await Bun.sleep(50);
  // Not its own alert, and nothing is tried.
  expect(hook.messages).toHaveLength(1);
  expect(outbox(story).filter(({ channel }) => channel === "hook")).toMatchObject([{ state: "due" }, { state: "due" }]);
  expect(stateOf(story, "hook")).toMatchObject({ state: "broken" });

  await using mended = await aHook();
  await edit(story, [mended, phone], () => mended.messages.length === 2);
  expect(mended.messages.map(({ data }) => data.alert?.symbol)).toEqual(["BTCUSDT", "ETHUSDT"]);
  await until("the end of the alert", () => phone.messages.at(-1)?.title.startsWith("Resolved: channel hook"));
  expect(stateOf(story, "hook")).toMatchObject({ state: "up", failures: 0 });
  await until("all to be marked", () => outbox(story).every(({ state }) => state !== "due"));
});

test("a broken channel that is the only one alerts on the page, and loops over nothing", async () => {
  await using hook = await aHook();
  hook.server.script({ status: 401 });
  await using story = await Story.begin({ config: configWith([hook], many) });
  await story.at("0s").report(aSignal());
  await until("the alert", () => story.rows("SELECT 1 FROM alerts WHERE rule = 'channel-broken'").length === 1);
  await story.at("1m").restart();
  await until("one more try at the start", () => hook.messages.length === 2);
  story.at("2m");
  story.at("3m");
  await Bun.sleep(50);
  expect(hook.messages).toHaveLength(2);
  expect(story.rows("SELECT 1 FROM alerts WHERE rule = 'channel-broken'")).toHaveLength(1);
  expect(outbox(story)).toMatchObject([{ state: "due", attempts: 2 }]);
});

test("a channel that is removed leaves nothing due and no alert; under its name one starts afresh", async () => {
  await using hook = await aHook();
  await using phone = await aPhone();
  hook.server.script({ status: 404 });
  await using story = await Story.begin({ config: configWith([hook, phone], many) });
  await story.at("0s").report(aSignal({ symbol: "BTCUSDT" }));
  await until("the alert at the phone", () => phone.messages.length === 2);
  await edit(story, [phone], () => stateOf(story, "hook") === undefined);
  expect(outbox(story)[0]).toMatchObject({ channel: "hook", state: "withdrawn", answer: "the channel was removed" });
  await until(
    "the end of the alert",
    () => story.rows("SELECT 1 FROM alerts WHERE rule = 'channel-broken' AND end_reason = 'gone'").length === 1,
  );
  hook.server.script({ status: 200 });
  await edit(story, [hook, phone], () => true);
  await until("it to be there", async () =>
    (await (await fetch(`${story.daemon.url}/metrics`)).text()).includes('virtuoso_channel_up{channel="hook"} 1'),
  );
  await story.at("1m").report(aSignal({ symbol: "ETHUSDT" }));
  await until("what came after", () => hook.messages.length === 2);
  expect(hook.messages[1]?.data.alert?.symbol).toBe("ETHUSDT");
});

test("what is due when the daemon stops is sent by the next one, whatever channel went meanwhile", async () => {
  await using hook = await aHook();
  await using phone = await aPhone();
  for (const { server } of [hook, phone]) server.script({ status: 500 });
  await using story = await Story.begin({ config: configWith([hook, phone], many) });
  await story.at("0s").report(aSignal());
  await until("tries", () => hook.messages.length > 0 && phone.messages.length > 0);
  const id = hook.messages[0]?.data.delivery.id;
  await story.stop();
  for (const { server } of [hook, phone]) server.script(taken);
  story.sleepUntil("10m");
  await story.start();
  await until("both", () => outbox(story).every(({ state }) => state === "sent"));
  expect(hook.messages.at(-1)?.data).toMatchObject({ delivery: { id } });
  expect(hook.messages.at(-1)?.data.text).toMatch(/raised 12:00 UTC, sent 12:10 UTC \(10 min later\)$/);
});

test("what is not accepted for as long as it is tried is failed, and says why", async () => {
  await using hook = await aHook("hook", ', giveUp: "2h"');
  await using gone = await aHook("gone", ', giveUp: "2h"');
  hook.server.script({ status: 500 });
  gone.server.script({ status: 410 });
  await using story = await Story.begin({ config: configWith([hook, gone], many) });
  await story.at("0s").report(aSignal());
  await until("tries", () => stateOf(story, "gone")?.state === "broken" && stateOf(story, "hook")?.state === "failing");
  const last = () => outbox(story).slice(0, 2);
  story.at("1h59m");
  await Bun.sleep(50);
  expect(last()).toMatchObject([{ state: "due" }, { state: "due" }]);
  story.at("2h1m");
  story.at("2h3m");
  await until("both to be failed", () => last().every(({ state }) => state === "failed"));
  expect(last()[1]?.answer).toBe("not accepted within 2 h");
  const metrics = await (await fetch(`${story.daemon.url}/metrics`)).text();
  expect(metrics).toContain('virtuoso_deliveries_total{channel="gone",purpose="raise",outcome="failed"} 1');
  expect(metrics).toContain('virtuoso_channel_up{channel="gone"} 0');
});

test("while nothing can be stored each channel is sent one message an hour, straight from memory", async () => {
  await using hook = await aHook();
  await using phone = await aPhone();
  await using story = await Story.begin({ config: configWith([hook, phone], many) });
  {
    using other = lock(story);
    expect(other.database.inTransaction).toBe(true);
    story.place("a.json", aSignal().body(story.now));
    await until("the fault", async () => (await fetch(`${story.daemon.url}/readyz`)).status === 503);
    story.at("1s");
    await until("a message to each", () => hook.messages.length === 1 && phone.messages.length === 1);
    story.at("10m");
    story.at("30m");
    await Bun.sleep(30);
    expect(hook.messages).toHaveLength(1);
    story.at("61m");
    await until("the next", () => hook.messages.length === 2 && phone.messages.length === 2);
    expect(hook.messages[0]).toMatchObject({
      type: "alert.raised",
      data: { alert: { rule: "store-fault", state: "open" }, text: expect.stringContaining("straight from memory") },
    });
    expect(wholeOf(phone.messages[0])).toMatch(/^Nothing can be stored in the database, another program holds it/);
  }
  await until("it stores again", async () => (await fetch(`${story.daemon.url}/readyz`)).ok);
  story.at("63m");
  await until("that it is over", () =>
    hook.messages.some(({ type, data }) => type === "alert.resolved" && data.alert?.rule === "store-fault"),
  );
  const diskless = hook.messages.filter(({ data }) => data.alert?.rule === "store-fault");
  expect(new Set(diskless.map(({ data }) => data.delivery.id)).size).toBe(3);
  expect(diskless).toHaveLength(3);
  expect(story.rows("SELECT 1 FROM deliveries WHERE alert_seq IS NULL")).toEqual([]);
});

/** A program that takes its time: what it is sent waits until it is let go. */
function slowHook() {
  const received: string[] = [];
  const { promise, resolve: release } = Promise.withResolvers<void>();
  const server = Bun.serve({
    port: 0,
    async fetch(request) {
      received.push(request.headers.get("webhook-id") ?? "");
      await promise;
      return new Response();
    },
  });
  const channel = `webhook({ name: "slow", url: "${server.url.href}" })`;
  return { received, release, channel, messages: [], [Symbol.dispose]: () => void server.stop(true) };
}

test("what is accepted while the database is held is marked once it is free, and sent once", async () => {
  using slow = slowHook();
  await using story = await Story.begin({ config: configWith([slow], many) });
  await story.at("0s").report(aSignal());
  await until("it to be under way", () => slow.received.length === 1);
  {
    using other = lock(story);
    expect(other.database.inTransaction).toBe(true);
    slow.release();
    await until("the fault", async () => (await fetch(`${story.daemon.url}/readyz`)).status === 503);
    story.at("1m");
  }
  await until("it stores again", async () => (await fetch(`${story.daemon.url}/readyz`)).ok);
  story.at("2m");
  await until("the mark", () => outbox(story)[0]?.state === "sent");
  expect(slow.received.filter((id) => !id.startsWith("store-"))).toHaveLength(1);
});

test("what is under way when the daemon stops ends and is marked; what hangs is cut off and costs no attempt", async () => {
  using slow = slowHook();
  await using hanging = await aHook("hanging");
  hanging.server.script("hang");
  await using story = await Story.begin({ config: configWith([slow, hanging], many) });
  await story.at("0s").report(aSignal());
  await until("both to be under way", () => slow.received.length === 1 && hanging.messages.length === 1);
  const stopping = story.stop();
  await Bun.sleep(100);
  slow.release();
  await stopping;
  expect(outbox(story)).toMatchObject([
    { channel: "slow", state: "sent", attempts: 1 },
    { channel: "hanging", state: "due", attempts: 0 },
  ]);
});

/** Another program holds the database: no other can write. */
function lock(story: Story): Disposable & { readonly database: Database } {
  const database = new Database(databasePath(story.daemon.data));
  database.run("PRAGMA busy_timeout = 5000");
  database.run("BEGIN EXCLUSIVE");
  return {
    database,
    [Symbol.dispose]() {
      database.run("ROLLBACK");
      database.close();
    },
  };
}
