import { expect, test } from "bun:test";
import { appendFileSync, readFileSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { QuarantineShape } from "../../src/views/quarantine";
import { until } from "../support/daemon";
import { aReport, aSignal } from "../support/reports";
import { alert, Story, systemAlert } from "../support/story";

const bad = (name: string) => aReport(name, { symbol: "BTCUSDT", signal: "PERHAPS", score: 80 });
const weak = () => aSignal({ strength: 50 });

async function quarantined(story: Story): Promise<QuarantineShape[]> {
  return (await story.get<{ items: QuarantineShape[] }>("/api/quarantine")).items;
}

test("five refused within ten minutes raise one alert, resolved when they are longer ago", async () => {
  await using story = await Story.begin();
  for (let minute = 0; minute < 4; minute++) await story.at(`${minute}m`).report(bad(`bad-${minute}.json`));
  await story.at("8m").expect();
  await story.at("9m").report(bad("bad-4.json"));
  const [refused] = await story
    .at("9m")
    .expect(systemAlert("reports-refused", { kind: "state", source: "reports", state: "open" }));
  await story.at("9m30s").report(bad("bad-5.json"));
  await story.at("10m30s").expect();
  expect(await story.get(`/api/alerts/${refused?.id}`)).toMatchObject({ state: "open" });
  await story.at("13m").expect();
  expect(await story.get(`/api/alerts/${refused?.id}`)).toMatchObject({ state: "resolved" });
  expect(await quarantined(story)).toHaveLength(6);
});

test("four within ten minutes, however many before, raise none", async () => {
  await using story = await Story.begin();
  for (let index = 0; index < 12; index++) await story.at(`${index * 3}m`).report(bad(`bad-${index}.json`));
  await story.at("40m").expect();
});

test("more than a fifth of the last fifty refused raise an alert, a fifth does not", async () => {
  await using story = await Story.begin();
  for (let index = 0; index < 11; index++) await story.at(`${index * 4}m`).report(bad(`bad-${index}.json`));
  for (let index = 0; index < 38; index++) await story.at(`${44 + index}m`).report(weak());
  await story.at("90m").expect();
  await story.at("90m").report(weak());
  const [refused] = await story.at("91m").expect(systemAlert("reports-refused"));
  await story.at("92m").report(weak());
  expect(await story.get(`/api/alerts/${refused?.id}`)).toMatchObject({ state: "resolved" });
});

test("a half-written file is waited for, quarantined, and leaves quarantine by itself when it is completed", async () => {
  await using story = await Story.begin();
  const path = join(story.reports, "slow.json");
  story.at("0s");
  writeFileSync(path, '{"symbol": "BTCUSDT", "signal": "BUY",');
  utimesSync(path, story.now / 1000, story.now / 1000);
  await until(
    "it waits",
    async () => (await story.get<{ items: { waiting: number }[] }>("/api/sources")).items[0]?.waiting === 1,
  );
  expect(await quarantined(story)).toEqual([]);
  story.at("3s");
  const item = await until("quarantine", async () => (await quarantined(story))[0]);
  expect(item).toMatchObject({ file: "slow.json", source: "reports", reason: "not-json", attempts: 1 });
  const at = story.at("1h");
  appendFileSync(path, ` "score": 80, "timestamp": ${story.now}}`);
  utimesSync(path, story.now / 1000, story.now / 1000);
  await story.committed("reports", "slow.json");
  await at.expect(alert("SIGNAL", "BTCUSDT"));
  expect(await quarantined(story)).toEqual([]);
});

test("in a file of many the good ones count and the bad one is quarantined by its place", async () => {
  await using story = await Story.begin();
  const good = (symbol: string) => ({ symbol, signal: "BUY", score: 80, timestamp: story.now });
  await story
    .at("0s")
    .report(aReport("many.json", [good("AUSDT"), { symbol: "BUSDT", signal: "BUY", score: 180 }, good("CUSDT")]));
  await story.at("1s").expect(alert("SIGNAL", "AUSDT"), alert("SIGNAL", "CUSDT"));
  expect(await quarantined(story)).toMatchObject([{ file: "many.json#2", reason: "score-out-of-range" }]);
  await story.at("1m").report(aReport("many.json", [good("AUSDT"), good("BUSDT"), good("CUSDT")]));
  expect(await quarantined(story)).toEqual([]);
});

test("a quarantined file that is deleted leaves quarantine", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(bad("bad.json"));
  expect(await quarantined(story)).toHaveLength(1);
  rmSync(join(story.reports, "bad.json"));
  await until("quarantine is empty", async () => (await quarantined(story)).length === 0);
});

test("every broken fixture is quarantined with a reason and stops no other", async () => {
  await using story = await Story.begin();
  const folder = join(import.meta.dir, "../fixtures/broken");
  const names = readdirSync(folder);
  story.at("1s");
  for (const name of names) {
    writeFileSync(join(story.reports, `${name}.part`), readFileSync(join(folder, name)));
    renameSync(join(story.reports, `${name}.part`), join(story.reports, name));
  }
  await until(
    "all are seen",
    async () =>
      (await quarantined(story)).length +
        ((await story.get<{ items: { waiting: number }[] }>("/api/sources")).items[0]?.waiting ?? 0) >=
      names.length - 1,
  );
  story.at("4s");
  await until("all are quarantined", async () => (await quarantined(story)).length === names.length - 1);
  const items = await quarantined(story);
  expect(names.filter((name) => !items.some(({ file }) => file === name))).toEqual(["proto.json"]);
  for (const { detail } of items) expect(detail.length).toBeGreaterThan(10);
  await story.at("5s").report(aSignal());
  expect((await story.raised()).map(({ rule }) => rule)).toContain("strong-signal");
});
