import { expect, test } from "bun:test";
import { join } from "node:path";
import { until } from "../support/daemon";
import { aSignal } from "../support/reports";
import type { HealthShape } from "../../src/views/health";
import type { Preview } from "../../src/views/preview";
import { expectReplayToAgree } from "../support/replayed";
import { alert, decision, Story, systemAlert } from "../support/story";

const config = (rules: string) => `
  import { defineConfig, rule } from "${join(import.meta.dir, "../../src/config.ts")}";
  export default defineConfig({ monitoring: { max_alerts: 100 }, rules: [${rules}] });
`;

/** A signal whose report names a team besides. */
function ofTeam(symbol: string) {
  const { body, ...rest } = aSignal({ symbol, strength: 50 });
  return { ...rest, body: (now: number) => ({ ...(body(now) as object), team: "red" }) };
}

test("a rule of one's own raises an alert with its own words, and meets the gates", async () => {
  await using story = await Story.begin({
    config:
      config(`rule("btc-dump", ({ kind, signal }, { now }) => kind === "signal" && signal.direction === "short" && signal.symbol === "BTCUSDT"
      ? { message: "BTC falls at " + new Date(now).toISOString(), priority: "high", details: { score: signal.score } } : undefined)`),
  });
  await story.at("0s").report(aSignal({ symbol: "BTCUSDT", strength: 50 }));
  await story.at("1m").report(aSignal({ symbol: "BTCUSDT", direction: "short", strength: 55 }));
  const [raised] = await story.at("1m").expect(
    alert("SIGNAL", "BTCUSDT", {
      rule: "btc-dump",
      priority: "high",
      message: "BTC falls at 2026-03-02T12:01:00.000Z",
    }),
  );
  expect(await story.get(`/api/alerts/${raised?.id}`)).toMatchObject({
    details: { score: 45 },
    signal: { symbol: "BTCUSDT" },
  });
  await story.at("2m").report(aSignal({ symbol: "BTCUSDT", direction: "short", strength: 55 }));
  await story.at("2m").expect();
  expect((await story.decided()).filter(({ rule }) => rule === "btc-dump")).toMatchObject([
    decision("raised"),
    decision("cooldown"),
  ]);
});

test("late and repeated reports raise nothing by a rule either", async () => {
  await using story = await Story.begin({ config: config(`rule("all", () => ({ message: "due" }))`) });
  await story.at("1h").report(aSignal({ strength: 50, agoMs: 3_500_000, id: "one" }));
  await story.at("1h").report(aSignal({ strength: 50, agoMs: 3_500_000, id: "one" }));
  await story.at("1h").expect();
});

test("a rule that throws is reported once and stops no other, and is well again after 20 sound runs", async () => {
  await using story = await Story.begin({
    config: config(
      `rule("shaky", ({ signal }) => { if (signal?.symbol === "BADUSDT") throw new Error("no such ` +
        `thing"); }), rule("sound", ({ signal }) => signal?.symbol === "BADUSDT" ? { message: "seen" } : ` +
        "undefined)",
    ),
  });
  await story.at("0s").report(aSignal({ symbol: "BADUSDT" }));
  const raised = await story
    .at("1s")
    .expect(
      systemAlert("rule-failing"),
      alert("SIGNAL", "BADUSDT", { rule: "strong-signal" }),
      alert("SIGNAL", "BADUSDT", { rule: "sound", message: "seen" }),
    );
  expect(raised[0]?.message).toBe("The rule shaky fails: it threw: no such thing");
  await story.at("1m").report(aSignal({ symbol: "BADUSDT" }));
  await story.at("2h").report(aSignal({ symbol: "BADUSDT" }));
  expect((await story.raised()).filter(({ rule }) => rule === "rule-failing")).toEqual([]);
  for (let index = 0; index < 20; index++) await story.at(`${3 + index}h`).report(aSignal({ strength: 50 }));
  expect(await story.get(`/api/alerts/${raised[0]?.id}`)).toMatchObject({ state: "resolved" });
  await story.at("30h").report(aSignal({ symbol: "BADUSDT" }));
  expect((await story.raised()).filter(({ rule }) => rule === "rule-failing")).toHaveLength(1);
});

test.each([
  ["a promise", `async () => ({ message: "late" })`, "it answered with a promise; a rule must answer at once"],
  [
    "a promise that fails",
    `async () => { throw new Error("later"); }`,
    "it answered with a promise; a rule must answer at once",
  ],
  ["something that is no alert", `() => ({ text: "hello" })`, "its answer is not an alert"],
  ["a word", `() => "hello"`, "its answer is not an alert"],
  ["an unknown priority", `() => ({ message: "x", priority: "urgent" })`, "its answer is not an alert: priority"],
])("a rule that answers with %s is reported, and its answer is not an alert", async (_what, judge, said) => {
  await using story = await Story.begin({ config: config(`rule("odd", ${judge})`) });
  await story.at("0s").report(aSignal({ strength: 50 }));
  const [failing] = await story.at("1s").expect(systemAlert("rule-failing", { kind: "state", priority: "medium" }));
  expect(failing?.message).toContain(said);
});

test("a rule that takes over 50 ms is reported", async () => {
  await using story = await Story.begin({
    config: config(`rule("slow", () => { const end = performance.now() + 60; while (performance.now() < end); })`),
  });
  await story.at("0s").report(aSignal({ strength: 50 }));
  await until("the report of the slow rule", () => story.rows("SELECT 1 FROM alerts").length > 0);
  const [slow] = await story.at("1s").expect(systemAlert("rule-slow", { priority: "low" }));
  expect(slow?.message).toMatch(/^The rule slow took [\d.]+ s; over 0.05 s it delays every alert$/);
});

test("a rule cannot change what others are shown", async () => {
  await using story = await Story.begin({
    config: config(
      `rule("vandal", (observation, { settings }) => { settings.minScore = 0; }), rule("forger", ` +
        `(observation) => { observation.signal.symbol = "FAKEUSDT"; observation.signal.strength = 100; })`,
    ),
  });
  await story.at("0s").report(aSignal({ symbol: "BTCUSDT", strength: 66 }));
  const [failing] = await story
    .at("1s")
    .expect(
      systemAlert("rule-failing"),
      systemAlert("rule-failing"),
      alert("SIGNAL", "BTCUSDT", { rule: "strong-signal", priority: "low" }),
    );
  expect(failing?.message).toContain("The rule vandal fails: it threw:");
  expect(story.rows("SELECT symbol, strength FROM signals")).toEqual([{ symbol: "BTCUSDT", strength: 66 }]);
});

test("a rule in an endless loop is an alert and a health check while the others go on; replay needs no rule", async () => {
  await using story = await Story.begin({
    config: config(
      `rule("loop", ({ signal }) => { if (signal?.symbol === "BADUSDT") for (;;); }), rule("mine", ({ ` +
        `signal, report }) => ({ message: signal.symbol + " is of " + report.team }))`,
    ),
  });
  await story.at("0s").report(ofTeam("BADUSDT"));
  const [failing] = await story
    .at("1s")
    .expect(
      systemAlert("rule-failing", { kind: "state" }),
      alert("SIGNAL", "BADUSDT", { rule: "mine", message: "BADUSDT is of red" }),
    );
  expect(failing?.message).toBe(
    "The rule loop fails: it did not answer within 1 s; it is run again in 60 s, or once the config changes",
  );
  const { status, checks } = await story.get<HealthShape>("/api/dashboard/health");
  expect({ status, rules: checks["rules"]?.status }).toEqual({ status: "degraded", rules: "degraded" });
  expect(checks["rules"]?.message).toMatch(/^loop is set aside for \d+ s more: it did not answer in time$/);
  await story.at("2s").report(ofTeam("GOODUSDT"));
  await story.at("2s").expect(alert("SIGNAL", "GOODUSDT", { rule: "mine", message: "GOODUSDT is of red" }));

  const preview = (await (
    await story.post("/api/dashboard/config/preview", { signals: { min_score: 40 } })
  ).json()) as Preview;
  expect(preview.rules).toEqual({ asked: ["loop", "mine"], within_seconds: 1, faults: 1, trouble: null });
  expect(preview.current.alerts).toBe(3);
  await story.stop();
  await expectReplayToAgree(story.daemon.data);
}, 30_000);
