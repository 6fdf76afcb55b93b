import { expect, test } from "bun:test";
import { aSignal } from "../support/reports";
import { framesOf } from "../support/socket";
import { alert, decision, Story } from "../support/story";

test("a change holds at once for what comes after it, is published, and outlives a restart", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ symbol: "AUSDT", strength: 70 }));
  await story.at("1m").change({ signals: { min_score: 75 } });
  await story.at("1m").report(aSignal({ symbol: "BUSDT", strength: 70 }));
  await story.at("2m").expect(alert("SIGNAL", "AUSDT"));
  await story
    .at("2m")
    .expectDecisions(
      decision("raised"),
      decision("below-threshold", { note: "below the threshold: strength 70, threshold 75" }),
    );
  expect(framesOf(story.frames, "settings_changed").at(-1)?.config).toMatchObject({
    signals: { min_score: 75, min_reliability: 75 },
  });
  await story.at("3m").restart();
  expect(await story.get("/api/dashboard/config")).toMatchObject({
    signals: { min_score: 75, min_reliability: 75 },
    monitoring: { max_alerts: 3 },
  });
  await story.at("6m").report(aSignal({ symbol: "CUSDT", strength: 74 }), aSignal({ symbol: "DUSDT", strength: 76 }));
  await story.at("7m").expect(alert("SIGNAL", "DUSDT"));
});

test("what is set at run time wins over the file, and says so", async () => {
  await using story = await Story.begin({
    config: "export default { signals: { min_score: 90, min_reliability: 20 } };",
  });
  expect(await story.get("/api/dashboard/config")).toMatchObject({ signals: { min_score: 90, min_reliability: 20 } });
  await story.at("1m").change({ signals: { min_score: 60 } });
  const { origins } = await story.get<{
    origins: { path: string; value: unknown; origin: string; shadowed: unknown }[];
  }>("/api/dashboard/config?origins=1");
  expect(origins.filter(({ path }) => path.startsWith("signals."))).toEqual([
    { path: "signals.min_score", value: 60, origin: "runtime", shadowed: 90 },
    { path: "signals.min_reliability", value: 20, origin: "file", shadowed: null },
  ]);
});

test("what sets nothing anew is in no history and no audit log", async () => {
  await using story = await Story.begin();
  await story.at("1m").change({ signals: { min_score: 70 } });
  const history = async () => [
    (await story.get<{ items: object[] }>("/api/dashboard/config/history")).items.length,
    (await story.get<{ items: object[] }>("/api/audit?what=settings.changed")).items.length,
  ];
  const before = await history();
  for (const nothing of [{}, { signals: {} }, { signals: { min_score: 70 }, alpha: {} }])
    await story.at("2m").change(nothing);
  expect(
    (
      await fetch(`${story.daemon.url}/api/dashboard/config/alpha.risk_level`, {
        method: "DELETE",
        headers: { "content-type": "application/json" },
      })
    ).status,
  ).toBe(200);
  expect(await history()).toEqual(before);
});

test("a shorter cooldown and a larger cap hold from now on, and the places taken stay taken", async () => {
  await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 1 } };" });
  await story.at("0s").report(aSignal({ symbol: "AUSDT" }), aSignal({ symbol: "BUSDT" }));
  await story.at("1m").change({ monitoring: { max_alerts: 2, alert_cooldown: 2 } });
  await story.at("1m").report(aSignal({ symbol: "AUSDT" }), aSignal({ symbol: "CUSDT" }));
  await story.at("2m").report(aSignal({ symbol: "DUSDT" }));
  await story.at("3m").expect(alert("SIGNAL", "AUSDT"), alert("SIGNAL", "CUSDT"));
  await story
    .at("3m")
    .expectDecisions(decision("raised"), decision("cap"), decision("cooldown"), decision("raised"), decision("cap"));
});

test("a source's own word wins over a change for all", async () => {
  await using story = await Story.begin({
    config: `export default { sources: [{ kind: "reports", name: "reports", minScore: 60 }] };`,
  });
  await story.at("1m").change({ signals: { min_score: 95 } });
  await story.at("1m").report(aSignal({ strength: 66 }));
  await story.at("2m").expect(alert("SIGNAL", "BTCUSDT"));
});

test("a change that is refused changes nothing", async () => {
  await using story = await Story.begin();
  const response = await story.post("/api/dashboard/config", {
    signals: { min_score: 101 },
    monitoring: { max_alerts: 5, colour: "red" },
  });
  expect(response.status).toBe(400);
  expect(await story.get("/api/dashboard/config")).toMatchObject({
    signals: { min_score: 65 },
    monitoring: { max_alerts: 3 },
  });
});

test("the preview shows what a change would have done, and changes nothing", async () => {
  await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 100 } };" });
  for (const [index, strength] of [70, 72, 80, 90].entries())
    await story.at(`${index}m`).report(aSignal({ symbol: `C${index}USDT`, strength }));
  const response = await story.post("/api/dashboard/config/preview", { signals: { min_score: 75 } });
  expect(await response.json()).toMatchObject({
    current: { alerts: 4, by_priority: { high: 1, medium: 1, low: 2 } },
    proposed: { alerts: 2, by_priority: { high: 1, medium: 1, low: 0 }, by_word: { raised: 2, "below-threshold": 2 } },
  });
  expect(await story.get("/api/dashboard/config")).toMatchObject({ signals: { min_score: 65 } });
});
