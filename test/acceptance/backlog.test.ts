import { expect, test } from "bun:test";
import { renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ListOf } from "../../src/views/page";
import type { DecisionShape } from "../../src/views/decisions";
import type { AlertDetail } from "../../src/views/trace";
import { until } from "../support/daemon";
import { aReport, aSignal, type ReportGiven } from "../support/reports";
import { alert, Story, systemAlert } from "../support/story";

const hour = 3_600_000;
const roomForAll = "export default { monitoring: { max_alerts: 100 } };";

test("500 late reports after a time away raise one alert that says how many were missed", async () => {
  await using story = await Story.begin({ config: roomForAll });
  await story.at("1h").stop();
  const away = story.at("10h");
  for (let index = 0; index < 500; index++) {
    const weak = index % 5 === 0;
    await away.report(
      aSignal({
        symbol: `C${index}USDT`,
        strength: weak ? 50 : index % 5 === 1 ? 90 : 70,
        agoMs: hour + index * 60_000,
      }),
    );
  }
  await away.start();
  const [missed] = await story
    .at("10h1m")
    .expect(systemAlert("missed-while-away", { priority: "high", source: "reports" }));
  expect(missed?.message).toContain(
    "Missed while away: 400 signals of reports, 100 of high priority: C496USDT long 90, C491USDT long 90, C486USDT long 90, 397 more",
  );
  // What it links to is what it counted: not the weak ones, which are late too.
  const { summed_up: link } = await story.get<AlertDetail>(`/api/alerts/${missed?.id}`);
  const listed = await everyItem<DecisionShape>(story, link ?? "");
  expect([
    listed.length,
    listed.filter(({ priority }) => priority === "high").length,
    new Set(listed.map(({ word }) => word)),
  ]).toEqual([400, 100, new Set(["late"])]);
  expect(
    story.rows<{ word: string; count: number }>(
      "SELECT word, count(*) AS count FROM decisions WHERE rule = 'strong-signal' GROUP BY word",
    ),
  ).toEqual([{ word: "late", count: 500 }]);
  await story.at("10h2m").restart();
  await story.at("10h3m").expect();
  await story.at("10h4m").report(aSignal());
  await story.at("10h5m").expect(alert("SIGNAL", "BTCUSDT"));
});

test("the gates are asked of what was missed as they stood at its own time", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal({ symbol: "AUSDT" }));
  await story.at("1s").expect(alert("SIGNAL", "AUSDT"));
  await story.at("2m").stop();
  const away = story.at("5h");
  // Within the cooldown of the alert before, twice within its own, and three in one window that has room for two.
  await away.report(
    aSignal({ symbol: "AUSDT", agoMs: 4.5 * hour }),
    aSignal({ symbol: "BUSDT", agoMs: 3 * hour }),
    aSignal({ symbol: "BUSDT", agoMs: 2.5 * hour }),
  );
  await away.report(
    aSignal({ symbol: "CUSDT", agoMs: hour }),
    aSignal({ symbol: "DUSDT", agoMs: hour }),
    aSignal({ symbol: "EUSDT", agoMs: hour }),
  );
  await away.start();
  const [missed] = await story.at("5h").expect(systemAlert("missed-while-away", { priority: "medium" }));
  expect(missed?.message).toContain("Missed while away: 3 signals of reports: ");
});

test("nothing was missed before the very first look at a folder", async () => {
  await using story = await Story.begin({ before: (folder) => placeOld(folder, 20) });
  await story.at("1m").expect();
  expect(story.rows("SELECT count(*) AS count FROM signals")).toEqual([{ count: 20 }]);
});

test("what came while the daemon was down and is still fresh is raised as usual", async () => {
  await using story = await Story.begin();
  await story.at("1m").stop();
  await story.at("2m").report(aSignal());
  await story.at("10m").start();
  await story.at("10m").expect(alert("SIGNAL", "BTCUSDT"));
});

test("a report without a time raises an alert where it is seen arriving, and none where a first look finds it", async () => {
  await using story = await Story.begin();
  await story.at("1m").report(undated("AUSDT"));
  await story.at("2m").stop();
  await story.at("3m").report(undated("BUSDT"));
  await story.at("4m").start();
  await story.at("5m").expect(alert("SIGNAL", "AUSDT"));
  expect(await story.signal("BUSDT")).toMatchObject({ decision: "undated", undated: true });
});

test("a folder that was away and comes back full owes one alert too", async () => {
  await using story = await Story.begin({ config: roomForAll });
  await story.at("0s").report(aSignal());
  await story.at("1s").expect(alert("SIGNAL", "BTCUSDT"));
  await moveAway(story);
  await story.at("2h").expect(systemAlert("source-unreachable"));
  for (let index = 0; index < 7; index++)
    story.place(
      `${story.reports}-away/late-${index}.json`,
      aSignal({ symbol: `C${index}USDT`, agoMs: hour }).body(story.now),
    );
  await moveBack(story);
  const [missed] = await story.at("2h").expect(systemAlert("missed-while-away"));
  expect(missed?.message).toContain("Missed while away: 7 signals of reports: ");
});

test("what came while the process was suspended is summed up as after a restart, and its source was not silent", async () => {
  await using story = await Story.begin({
    suspends: true,
    config: `export default { sources: [{ kind: "reports", name: "reports", expectEvery: "10m" }], monitoring: { max_alerts: 100 } };`,
  });
  await story.at("0s").report(aSignal());
  await story.at("5s").expect(alert("SIGNAL", "BTCUSDT"));
  // Written while no daemon ran: its clock has not leapt yet, and it sees the files on waking.
  story.sleepUntil("2h");
  for (let index = 0; index < 4; index++)
    story.place(`asleep-${index}.json`, aSignal({ symbol: `C${index}USDT`, agoMs: hour }).body(story.now));
  story.daemon.daemon.tick();
  await until(
    "the folder to be caught up with",
    () => story.rows("SELECT 1 FROM observations WHERE kind = 'source-caught-up'").length === 2,
  );
  const [missed] = await story.at("2h").expect(systemAlert("missed-while-away"));
  expect(missed?.message).toContain("Missed while away: 4 signals of reports");
  await story.at("2h5s").report(aSignal({ symbol: "ETHUSDT" }));
  await story.at("2h5s").expect(alert("SIGNAL", "ETHUSDT"));
});

test("only an alert about what was missed can be asked what it sums up", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal());
  const [raised] = await story.at("1s").expect(alert("SIGNAL", "BTCUSDT"));
  expect((await story.get<AlertDetail>(`/api/alerts/${raised?.id}`)).summed_up).toBeNull();
  for (const id of [raised?.id, "a999", "nonsense"])
    expect((await fetch(`${story.daemon.url}/api/decisions?missed=${id}`)).status).toBe(400);
});

async function everyItem<T>(story: Story, path: string): Promise<T[]> {
  const items: T[] = [];
  for (let cursor: string | null = ""; cursor !== null;) {
    const page: ListOf<T> = await story.get(`${path}&limit=100${cursor === "" ? "" : `&cursor=${cursor}`}`);
    items.push(...page.items);
    cursor = page.next_cursor;
  }
  return items;
}

function undated(symbol: string): ReportGiven {
  return aReport(`${symbol}.json`, { symbol, signal: "BUY", score: 80 });
}

async function moveAway(story: Story): Promise<void> {
  renameSync(story.reports, `${story.reports}-away`);
  await story.scan();
}

async function moveBack(story: Story): Promise<void> {
  renameSync(`${story.reports}-away`, story.reports);
  await story.scan();
}

function placeOld(folder: string, count: number): void {
  const old = Date.parse("2026-03-01T00:00:00Z");
  for (let index = 0; index < count; index++) {
    writeFileSync(
      join(folder, "reports", `old-${index}.json`),
      JSON.stringify({ symbol: `O${index}USDT`, signal: "BUY", score: 90, timestamp: old + index * 60_000 }),
    );
  }
}
