import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { databasePath } from "../../src/store/db";
import { until } from "../support/daemon";
import { outbox } from "../support/outbox";
import { aHook, aPhone, configWith, wholeOf } from "../support/receivers";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";

const many = "monitoring: { max_alerts: 100 }";

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
