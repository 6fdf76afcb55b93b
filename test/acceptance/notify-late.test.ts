import { expect, test } from "bun:test";
import { until } from "../support/daemon";
import { aHook, aPhone, configWith, taken, wholeOf } from "../support/receivers";
import { aSignal } from "../support/reports";
import { Story } from "../support/story";

const silentAfter10m = 'sources: [reports({ expectEvery: "10m" })], monitoring: { max_alerts: 100 }';
const down = { status: 500 };

interface Row {
  readonly channel: string;
  readonly purpose: string;
  readonly state: string;
  readonly attempts: number;
  readonly into: number | null;
}

function outbox(story: Story): Row[] {
  return story.rows<Row>(
    'SELECT channel, purpose, state, attempts, folded_into AS "into" FROM deliveries ORDER BY seq',
  );
}

/** Times go on in small steps until what is looked for is so: tries are due at times of chance. */
async function goOn(story: Story, from: number, what: string, isSo: () => boolean): Promise<void> {
  let minute = from;
  await until(what, async () => {
    if (isSo()) return true;
    story.at(`${minute++}m`);
    await Bun.sleep(10);
    return isSo();
  });
}

const weak = () => aSignal({ strength: 60 });

test("resolved while the channel was down: one message says when it was raised, sent and resolved", async () => {
  await using phone = await aPhone();
  await using hook = await aHook();
  phone.server.script(down);
  await using story = await Story.begin({ config: configWith([phone, hook], silentAfter10m) });
  await story.at("0s").report(weak());
  story.at("12m");
  await until("a try", () => phone.messages.length > 0);
  await story.at("45m").report(weak());
  await until("the resolve at the hook", () => hook.messages.length === 2);
  phone.server.script(taken);
  await goOn(story, 50, "the message", () => outbox(story).every(({ state }) => state !== "due"));
  expect(wholeOf(phone.messages.at(-1))).toMatch(
    /^reports: no report for 12 min, expected every 10 min\nraised 12:12 UTC, sent \d\d:\d\d UTC \(\d+ min later\), resolved 12:45 UTC$/,
  );
  expect(new Set(phone.messages.map(({ sequence_id: id }) => id)).size).toBe(1);
  expect(outbox(story).filter(({ channel }) => channel === "phone")).toMatchObject([
    { purpose: "raise", state: "sent" },
    { purpose: "resolve", state: "folded" },
  ]);
  expect(hook.messages.map(({ type, data }) => [type, data.alert?.state])).toEqual([
    ["alert.raised", "open"],
    ["alert.resolved", "resolved"],
  ]);
});

test("resolved goes where the raise got out, and where it never did it is withdrawn", async () => {
  await using phone = await aPhone();
  await using refusing = await aHook("refusing");
  refusing.server.script(down);
  await using story = await Story.begin({ config: configWith([phone, refusing], silentAfter10m) });
  await story.at("0s").report(weak());
  story.at("12m");
  await until("both to be tried", () => refusing.messages.length > 0 && outbox(story)[0]?.state === "sent");
  await story.at("13m").report(weak());
  await until("the resolve", () => phone.messages.length === 2);
  refusing.server.script({ status: 400 });
  expect(wholeOf(phone.messages[1])).toBe(
    "Resolved: reports: no report for 12 min, expected every 10 min\nraised 12:12 UTC, resolved 12:13 UTC",
  );
  await goOn(story, 14, "all to be marked", () => outbox(story).every(({ state }) => state !== "due"));
  expect(outbox(story).map(({ channel, purpose, state }) => [channel, purpose, state])).toEqual([
    ["phone", "raise", "sent"],
    ["refusing", "raise", "failed"],
    ["phone", "resolve", "sent"],
    ["refusing", "resolve", "withdrawn"],
  ]);
});

test("signals that are over before they got out are stale, and counted once in the next message", async () => {
  await using phone = await aPhone("phone", ', giveUp: "30d"');
  phone.server.script(down);
  await using story = await Story.begin({ config: configWith([phone], "monitoring: { max_alerts: 100 }") });
  await story.at("0s").report(aSignal({ symbol: "BTCUSDT" }), aSignal({ symbol: "ETHUSDT" }));
  await until("a try", () => phone.messages.length > 0);
  story.at("25h");
  expect(outbox(story).map(({ state }) => state)).toEqual(["stale", "stale"]);
  phone.server.script(taken);
  await story.at("26h").report(aSignal({ symbol: "SOLUSDT" }));
  await goOn(story, 26 * 60 + 1, "the next message", () => outbox(story).at(-1)?.state === "sent");
  await story.at("28h").report(aSignal({ symbol: "XRPUSDT" }));
  await until("one more", () => outbox(story).at(-1)?.state === "sent");
  const [counting, next] = phone.messages.slice(-2).map(wholeOf);
  expect(counting).toContain("SOLUSDT");
  expect(counting).toMatch(/\n2 signals meanwhile are over$/);
  expect(next).not.toContain("over");
  expect(outbox(story).map(({ state, into }) => [state, into !== null])).toEqual([
    ["stale", true],
    ["stale", true],
    ["sent", false],
    ["sent", false],
  ]);
});

test("what piled up behind a dead channel comes as one message to people, each by itself to machines", async () => {
  await using phone = await aPhone();
  await using hook = await aHook();
  for (const { server } of [phone, hook]) server.script(down);
  await using story = await Story.begin({ config: configWith([phone, hook], "monitoring: { max_alerts: 100 }") });
  const symbols = Array.from({ length: 14 }, (_, index) => `A${index}USDT`);
  await story.at("0s").report(...symbols.map((symbol) => aSignal({ symbol, strength: symbol === "A3USDT" ? 95 : 80 })));
  await until("a try of each", () => phone.messages.length > 0 && hook.messages.length > 0);
  phone.server.script(taken);
  hook.server.script({ status: 200 });
  const triedBefore = { phone: phone.messages.length, hook: hook.messages.length };
  await goOn(story, 1, "all to be sent", () => outbox(story).every(({ state }) => state !== "due"));
  const [piled, ...others] = phone.messages.slice(triedBefore.phone);
  expect(others).toEqual([]);
  expect(piled?.title).toMatch(/A3USDT.*\(and 13 more\)$/);
  expect(wholeOf(piled)).toMatch(/\nwaited with it: 13 alerts\n(?:- medium: .*\n){10}- 3 more: 3 medium$/);
  const rows = outbox(story);
  const carrier = rows.find(({ channel, state }) => channel === "phone" && state === "sent");
  expect(carrier).toBeDefined();
  expect(rows.filter(({ channel, state }) => channel === "phone" && state === "folded")).toHaveLength(13);
  expect(rows.filter(({ channel }) => channel === "hook").map(({ state }) => state)).toEqual(symbols.map(() => "sent"));
  const accepted = hook.messages.slice(triedBefore.hook);
  expect(accepted.map(({ data }) => data.alert?.symbol ?? "").toSorted()).toEqual(symbols.toSorted());
  expect(new Set(accepted.map(({ data }) => data.delivery.id)).size).toBe(14);
});

test("what a change would have done is shown and owed to none", async () => {
  await using hook = await aHook();
  await using story = await Story.begin({ config: configWith([hook], "monitoring: { max_alerts: 100 }") });
  await story.at("0s").report(aSignal({ strength: 80 }), aSignal({ symbol: "ETHUSDT", strength: 60 }));
  await until("the one alert", () => outbox(story)[0]?.state === "sent");
  const shown = await story.post("/api/dashboard/config/preview", { signals: { min_score: 50 } });
  expect(await shown.json()).toMatchObject({ proposed: { alerts: 2 } });
  story.at("1m");
  await Bun.sleep(30);
  expect(outbox(story)).toHaveLength(1);
  expect(hook.messages).toHaveLength(1);
});
