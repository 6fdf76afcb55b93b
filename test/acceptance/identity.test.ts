import { expect, test } from "bun:test";
import { copyFileSync, readFileSync, renameSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { until } from "../support/daemon";
import { aReport, aSignal } from "../support/reports";
import { alert, decision, Story } from "../support/story";

test("a signal written twice under two names is one signal and one alert, and the second fills what the first lacks", async () => {
  await using story = await Story.begin();
  const content = { symbol: "XRPUSDT", signal: "LONG", score: 80, timestamp: story.now, signal_id: "a1b2c3d4" };
  await story
    .at("0s")
    .report(
      aReport("xrpusdt_20260302_120000.json", content),
      aReport("xrpusdt_LONG_80p0_20260302_120002.json", { ...content, reliability: 0.9, price: 3.16 }),
    );
  const [raised] = await story.at("1s").expect(alert("SIGNAL", "XRPUSDT"));
  await story
    .at("1s")
    .expectDecisions(decision("raised"), decision("duplicate", { subject_id: raised?.signal_id ?? "" }));
  expect(story.rows("SELECT count(*) AS count, max(twins) AS twins, max(revisions) AS revisions FROM signals")).toEqual(
    [{ count: 1, twins: 1, revisions: 0 }],
  );
  expect(await story.signal("XRPUSDT")).toMatchObject({
    decision: "raised",
    reliability: 90,
    price: 3.16,
    filename: "xrpusdt_20260302_120000.json",
    revisions: 0,
  });
});

test("the twins of the fixtures, as a real writer wrote them", async () => {
  await using story = await Story.begin();
  const folder = join(import.meta.dir, "../fixtures/twice");
  for (const name of ["xrpusdt_20250726_012638.json", "xrpusdt_LONG_70p5_20250726_012640.json"]) {
    await story.at("1s").report(aReport(name, readFileSync(join(folder, name), "utf8")));
  }
  expect(story.rows("SELECT count(*) AS count, max(twins) AS twins FROM signals")).toEqual([{ count: 1, twins: 1 }]);
});

test("the same id a day later, or of another symbol, is another signal", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ symbol: "AUSDT", id: "same" }), aSignal({ symbol: "BUSDT", id: "same" }));
  await story.at("1s").expect(alert("SIGNAL", "AUSDT"), alert("SIGNAL", "BUSDT"));
  await story.at("25h").report(aSignal({ symbol: "AUSDT", id: "same" }));
  await story.at("25h").expect(alert("SIGNAL", "AUSDT"));
});

test("with other values it is a revision: kept, shown as repainted, and alerted again only where its priority rises", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ id: "one", strength: 76 }));
  await story.at("1s").expect(alert("SIGNAL", "BTCUSDT", { priority: "medium" }));
  await story.at("2h").report(aSignal({ id: "one", strength: 79, agoMs: 7_200_000 - 60_000 }));
  await story.at("2h").report(aSignal({ id: "one", strength: 70, agoMs: 0 }));
  await story.at("2h1m").expect();
  expect(await story.signal("BTCUSDT")).toMatchObject({ score: 70, revisions: 2, decision: "raised" });
  await story.at("2h2m").report(aSignal({ id: "one", strength: 92 }));
  await story.at("2h2m").expect(alert("SIGNAL", "BTCUSDT", { priority: "high" }));
  await story.at("2h3m").report(aSignal({ id: "one", strength: 95 }));
  await story.at("5h").report(aSignal({ id: "one", strength: 96 }));
  await story.at("5h").expect();
  expect(story.rows("SELECT count(*) AS count FROM signals")).toEqual([{ count: 1 }]);
});

test("a revision may be worth the alert its first version was not", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ id: "one", strength: 50 }));
  await story.at("1m").expect();
  await story.at("2m").report(aSignal({ id: "one", strength: 80 }));
  await story.at("2m").expect(alert("SIGNAL", "BTCUSDT"));
});

test("a file edited in place is a revision of what it said", async () => {
  await using story = await Story.begin();
  const content = { symbol: "BTCUSDT", signal: "BUY", score: 80, price: 100, timestamp: story.now };
  await story.at("0s").report(aReport("edited.json", content));
  await story.at("1m").report(aReport("edited.json", { ...content, price: 101 }));
  await story.at("2m").expect(alert("SIGNAL", "BTCUSDT"));
  expect(await story.signal("BTCUSDT")).toMatchObject({ price: 101, revisions: 1 });
  expect(story.rows("SELECT count(*) AS count FROM signals")).toEqual([{ count: 1 }]);
  expect(story.rows("SELECT count(*) AS count FROM files")).toEqual([{ count: 1 }]);
});

test("a touched file says nothing new", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ name: "touched.json" }));
  await story.at("1s").expect(alert("SIGNAL", "BTCUSDT"));
  await story.at("1s").expectDecisions(decision("raised"));
  story.at("2h");
  utimesSync(join(story.reports, "touched.json"), story.now / 1000, story.now / 1000);
  await story.committed("reports", "touched.json");
  await story.at("2h1m").expect();
  await story.at("2h1m").expectDecisions();
  await story.at("2h1m").restart();
  await story.at("2h2m").expectDecisions();
});

test("a copied file and a renamed one are duplicates, whatever their content is dated by", async () => {
  await using story = await Story.begin();
  const undated = { symbol: "AUSDT", signal: "BUY", score: 80 };
  await story.at("0s").report(aReport("undated.json", undated), aSignal({ name: "dated.json", symbol: "BUSDT" }));
  await story.at("1s").expect(alert("SIGNAL", "AUSDT"), alert("SIGNAL", "BUSDT"));
  await story.at("1s").expectDecisions(decision("raised"), decision("raised"));
  story.at("3h");
  for (const name of ["undated", "dated"]) {
    copyFileSync(join(story.reports, `${name}.json`), join(story.reports, `${name}-copy.json`));
    await until(
      "the copy in the ledger",
      () => story.rows(`SELECT 1 FROM files WHERE path = '${name}-copy.json'`).length > 0,
    );
    renameSync(join(story.reports, `${name}.json`), join(story.reports, `${name}-renamed.json`));
    await until(
      "the renamed one in the ledger",
      () => story.rows(`SELECT 1 FROM files WHERE path = '${name}-renamed.json'`).length > 0,
    );
  }
  await story.at("3h1m").expect();
  await story
    .at("3h1m")
    .expectDecisions(decision("duplicate"), decision("duplicate"), decision("duplicate"), decision("duplicate"));
  expect(story.rows("SELECT count(*) AS count FROM signals")).toEqual([{ count: 2 }]);
  await until("the old names gone", () => story.rows("SELECT path FROM files WHERE gone_at IS NOT NULL").length === 2);
});

test("a restart reads nothing twice", async () => {
  await using story = await Story.begin();
  await story
    .at("0s")
    .report(
      aSignal(),
      aSignal({ symbol: "ETHUSDT" }),
      aReport("bad.json", { symbol: "BTCUSDT", signal: "PERHAPS", score: 80 }),
    );
  const before = story.rows("SELECT seq FROM observations WHERE kind = 'report' ORDER BY seq");
  expect(before).toHaveLength(3);
  await story.at("1m").restart();
  await story.at("2m").restart();
  expect(story.rows("SELECT seq FROM observations WHERE kind = 'report' ORDER BY seq")).toEqual(before);
});

const adaSends = (signal: string, score: number) => aReport("ada.json", { symbol: "ADAUSDT", signal, score });

test(
  "an undated file overwritten in place, seen live, raises for each new content, and copies of its bytes " +
    "raise again a day later",
  async () => {
    await using story = await Story.begin();
    await story.at("0s").report(adaSends("BUY", 80));
    await story.at("2h").report(adaSends("SELL", 10));
    await story.at("4h").report(adaSends("BUY", 90));
    await story.at("6h").report(adaSends("BUY", 80));
    await story
      .at("6h")
      .expect(
        alert("SIGNAL", "ADAUSDT"),
        alert("SIGNAL", "ADAUSDT"),
        alert("SIGNAL", "ADAUSDT"),
        alert("SIGNAL", "ADAUSDT"),
      );
    await story.at("12h").report({ ...adaSends("BUY", 80), name: "ada-2.json" });
    await story.at("12h").expect();
    await story.at("31h").report({ ...adaSends("BUY", 80), name: "ada-3.json" });
    await story.at("31h").expect(alert("SIGNAL", "ADAUSDT"));
  },
);

test("three timeframes of one symbol in one array are three signals with an alert each", async () => {
  await using story = await Story.begin({ config: `export default { monitoring: { max_alerts: 10 } };` });
  const entries = ["5m", "1h", "4h"].map((timeframe) => ({
    symbol: "BTCUSDT",
    signal: "BUY",
    score: 90,
    timestamp: story.now,
    timeframe,
  }));
  await story.at("0s").report(aReport("many.json", entries));
  const raised = await story
    .at("1s")
    .expect(alert("SIGNAL", "BTCUSDT"), alert("SIGNAL", "BTCUSDT"), alert("SIGNAL", "BTCUSDT"));
  expect(new Set(raised.map(({ signal_id: id }) => id)).size).toBe(3);
});
