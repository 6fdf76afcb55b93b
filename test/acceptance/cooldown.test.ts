import { expect, test } from "bun:test";
import { aSignal } from "../support/reports";
import { framesOf } from "../support/socket";
import { alert, decision, Story } from "../support/story";

test("a strong signal raises an alert, the next ones of its kind wait for an hour", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ strength: 82 }));
  await story.at("31s").expect(alert("SIGNAL", "BTCUSDT", { priority: "medium", direction: "long", state: "open" }));
  await story.at("10m").report(aSignal({ strength: 84 }));
  await story.at("59m").report(aSignal({ strength: 84 }));
  await story.at("59m").expect();
  await story.at("60m").report(aSignal({ strength: 84 }));
  await story.at("60m").expect(alert("SIGNAL", "BTCUSDT"));
  await story
    .at("60m")
    .expectDecisions(decision("raised"), decision("cooldown"), decision("cooldown"), decision("raised"));
});

test("another symbol, another direction and another timeframe are other alerts", async () => {
  await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 10 } };" });
  await story
    .at("0s")
    .report(
      aSignal({ symbol: "BTCUSDT" }),
      aSignal({ symbol: "ETHUSDT" }),
      aSignal({ symbol: "ETHUSDT", direction: "short" }),
      aSignal({ symbol: "BTCUSDT", more: { timeframe: "4h" } }),
    );
  await story
    .at("1s")
    .expect(
      alert("SIGNAL", "BTCUSDT"),
      alert("SIGNAL", "ETHUSDT", { direction: "long" }),
      alert("SIGNAL", "ETHUSDT", { direction: "short" }),
      alert("SIGNAL", "BTCUSDT"),
    );
});

test("the cooldown outlives a restart", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ strength: 82 }));
  await story.at("1s").expect(alert("SIGNAL", "BTCUSDT"));
  await story.at("10m").restart();
  await story.at("11m").report(aSignal({ strength: 82 }));
  await story.at("12m").expect();
  await story
    .at("12m")
    .expectDecisions(
      decision("raised"),
      decision("cooldown", { note: "in cooldown: a similar alert 11 min before; the cooldown is 1 h" }),
    );
  await story.at("61m").report(aSignal({ strength: 82 }));
  await story.at("61m").expect(alert("SIGNAL", "BTCUSDT"));
});

test("a rise in priority breaks the cooldown, once for each step, and a fall does not", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ strength: 70 }));
  await story.at("1m").report(aSignal({ strength: 76 }));
  await story.at("6m").report(aSignal({ strength: 90 }));
  await story
    .at("7m")
    .expect(
      alert("SIGNAL", "BTCUSDT", { priority: "low" }),
      alert("SIGNAL", "BTCUSDT", { priority: "medium" }),
      alert("SIGNAL", "BTCUSDT", { priority: "high" }),
    );
  await story.at("12m").report(aSignal({ strength: 95 }), aSignal({ strength: 80 }));
  await story.at("12m").expect();
  await story.at("12m").restart();
  await story.at("13m").report(aSignal({ strength: 95 }));
  await story.at("13m").expect();
});

test("a reversal is not muted, and takes the place of what the source said before", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ direction: "long", strength: 82 }));
  const [long] = await story.at("1s").expect(alert("SIGNAL", "BTCUSDT", { direction: "long" }));
  await story.at("2m").report(aSignal({ direction: "short", strength: 80 }));
  const [short] = await story.at("3m").expect(alert("SIGNAL", "BTCUSDT", { direction: "short" }));
  expect(await story.get(`/api/alerts/${long?.id}`)).toMatchObject({
    state: "expired",
    ended_at: "2026-03-02T12:02:00.000Z",
    superseded_by: short?.id ?? "",
  });
  expect(framesOf(story.frames, "alert_changed").map(({ alert: changed }) => changed)).toMatchObject([
    { id: long?.id ?? "", state: "expired", superseded_by: short?.id ?? "" },
  ]);
});

test("a reversal of another source leaves the first one standing", async () => {
  await using story = await Story.begin({
    config:
      `export default { sources: [{ kind: "reports", name: "one", dir: "FOLDER/one" }, { kind: "reports", ` +
      `name: "two", dir: "FOLDER/two" }] };`,
    folders: ["one", "two"],
  });
  await story.at("0s").reportTo("one", `${story.folder}/one`, aSignal({ direction: "long" }));
  await story.at("1m").reportTo("two", `${story.folder}/two`, aSignal({ direction: "short" }));
  const [long] = await story
    .at("2m")
    .expect(alert("SIGNAL", "BTCUSDT", { source: "one" }), alert("SIGNAL", "BTCUSDT", { source: "two" }));
  expect(await story.get(`/api/alerts/${long?.id}`)).toMatchObject({ state: "open", superseded_by: null });
});
