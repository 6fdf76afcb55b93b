import { expect, test } from "bun:test";
import { aReport, aSignal } from "../support/reports";
import { alert, decision, Story, systemAlert } from "../support/story";

test("three alerts a window, one place for high only, the rest kept and summed up at the window's end", async () => {
  await using story = await Story.begin();
  await story
    .at("0s")
    .report(
      aSignal({ symbol: "AUSDT", strength: 80 }),
      aSignal({ symbol: "BUSDT", strength: 80 }),
      aSignal({ symbol: "CUSDT", strength: 84 }),
      aSignal({ symbol: "DUSDT", strength: 90 }),
      aSignal({ symbol: "EUSDT", strength: 97 }),
      aSignal({ symbol: "FUSDT", strength: 91 }),
    );
  await story
    .at("4m59s")
    .expect(alert("SIGNAL", "AUSDT"), alert("SIGNAL", "BUSDT"), alert("SIGNAL", "DUSDT", { priority: "high" }));
  await story.at("4m59s").expectDecisions(
    decision("raised"),
    decision("raised"),
    decision("cap", {
      symbol: "CUSDT",
      note: "over the cap: 2 of 2 raised, the places left in this window are for high only",
    }),
    decision("raised"),
    decision("cap", { symbol: "EUSDT", note: "over the cap: 3 of 3 raised, all places of this window are taken" }),
    decision("cap", { symbol: "FUSDT" }),
  );
  const [summary] = await story.at("5m").expect(systemAlert("cap-overflow", { priority: "high" }));
  expect(summary?.message).toContain("3 more alerts");
  expect(summary?.message).toContain("EUSDT Long, strength 97.0");
  await story.at("6m").expect();
  expect((await story.signal("EUSDT")).decision).toBe("cap");
});

test("what the cap held back has no cooldown: the next window may raise it", async () => {
  await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 1 } };" });
  await story.at("0s").report(aSignal({ symbol: "AUSDT" }), aSignal({ symbol: "BUSDT" }));
  await story.at("1m").expect(alert("SIGNAL", "AUSDT"));
  await story.at("5m").expect(systemAlert("cap-overflow"));
  await story.at("5m").report(aSignal({ symbol: "BUSDT" }));
  await story.at("5m").expect(alert("SIGNAL", "BUSDT"));
});

test("the places taken and the summary owed outlive a restart, even over the window's end", async () => {
  await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 1 } };" });
  await story.at("0s").report(aSignal({ symbol: "AUSDT" }));
  await story.at("1m").restart();
  await story.at("2m").report(aSignal({ symbol: "BUSDT" }));
  await story.at("3m").expect(alert("SIGNAL", "AUSDT"));
  await story.at("4m").stop();
  await story.at("30m").start();
  await story.at("30m1s").expect(systemAlert("cap-overflow"));
  await story.at("40m").restart();
  await story.at("41m").expect();
});

test("in one file of many the most deserving come first, whatever their order in it", async () => {
  await using story = await Story.begin();
  const many = [70, 78, 66, 99, 74].map((score, index) => ({
    symbol: `${"ABCDE"[index]}USDT`,
    signal: "BUY",
    score,
    timestamp: story.now,
  }));
  await story.at("0s").report(aReport("many.json", many));
  await story.at("1s").expect(alert("SIGNAL", "DUSDT"), alert("SIGNAL", "BUSDT"), alert("SIGNAL", "EUSDT"));
  await story
    .at("1s")
    .expectDecisions(
      decision("raised"),
      decision("raised"),
      decision("raised"),
      decision("cap", { symbol: "AUSDT" }),
      decision("cap", { symbol: "CUSDT" }),
    );
});

test("each source has places of its own", async () => {
  await using story = await Story.begin({
    config:
      `export default { monitoring: { max_alerts: 1 }, sources: [{ kind: "reports", name: "one", dir: ` +
      `"FOLDER/one" }, { kind: "reports", name: "two", dir: "FOLDER/two", maxAlerts: 2 }] };`,
    folders: ["one", "two"],
  });
  for (const symbol of ["AUSDT", "BUSDT", "CUSDT"]) {
    for (const source of ["one", "two"])
      await story.at("0s").reportTo(source, `${story.folder}/${source}`, aSignal({ symbol }));
  }
  await story
    .at("1s")
    .expect(
      alert("SIGNAL", "AUSDT", { source: "one" }),
      alert("SIGNAL", "AUSDT", { source: "two" }),
      alert("SIGNAL", "BUSDT", { source: "two" }),
    );
});
