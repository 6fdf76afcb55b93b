import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AlertShape } from "../../src/views/alerts";
import { until } from "../support/daemon";
import { outbox } from "../support/outbox";
import { aHook, aPhone, configWith, taken, wholeOf, type Receiver } from "../support/receivers";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";

const many = "monitoring: { max_alerts: 100 }";

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
    "Channel hook is broken: HTTP 404 Not Found; there is nothing at its address: correct the address",
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
  await until("the end of the alert", () => phone.messages.at(-1)?.title.startsWith("Resolved: Channel hook"));
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

test("four webhooks may be under way, one message to people", async () => {
  await using hook = await aHook();
  await using phone = await aPhone();
  for (const { server } of [hook, phone]) server.script("hang");
  await using story = await Story.begin({ config: configWith([hook, phone], many) });
  const symbols = ["AUSDT", "BUSDT", "CUSDT", "DUSDT", "EUSDT", "FUSDT"];
  await story.at("0s").report(...symbols.map((symbol) => aSignal({ symbol })));
  await until("as many as may be", () => hook.messages.length >= 4 && phone.messages.length > 0);
  story.at("1s");
  await Bun.sleep(50);
  expect(hook.messages.map(({ data }) => data.alert?.symbol)).toEqual(symbols.slice(0, 4));
  expect(phone.messages).toHaveLength(1);
});

test("an edited config that changes nothing of a channel leaves it as it was", async () => {
  await using hook = await aHook();
  hook.server.script({ status: 404 });
  await using story = await Story.begin({ config: configWith([hook], many) });
  await story.at("0s").report(aSignal());
  await until("it to be broken", () => stateOf(story, "hook")?.state === "broken");
  writeFileSync(join(story.folder, "virtuoso.config.ts"), configWith([hook], "monitoring: { max_alerts: 50 }"));
  await until("the edited config to hold", async () => {
    const { monitoring } = await story.get<{ monitoring: { max_alerts: number } }>("/api/dashboard/config");
    return monitoring.max_alerts === 50;
  });
  story.at("1m");
  await Bun.sleep(50);
  expect(hook.messages).toHaveLength(1);
  expect(stateOf(story, "hook")).toMatchObject({ state: "broken" });
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
