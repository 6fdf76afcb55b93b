import { minuteMs } from "../../src/core/duration";
import { expect, test } from "bun:test";
import type { SourceShape } from "../../src/views/sources";
import { aReport, type ReportGiven } from "../support/reports";
import { alert, Story, systemAlert } from "../support/story";

let written = 0;

/** A report whose writer's clock is so many minutes off, stamped without a zone as naive writers do. */
function dated(offMinutes: number, zone: "" | "Z" = ""): ReportGiven {
  const number = ++written;
  return {
    name: `dated-${number}.json`,
    body: (now) => ({
      symbol: `N${number}USDT`,
      signal: "BUY",
      score: 50,
      timestamp: `${new Date(now + offMinutes * minuteMs).toISOString().slice(0, 19)}${zone}`,
    }),
  };
}

async function offsetOf(story: Story): Promise<number | null> {
  return (await story.get<{ items: SourceShape[] }>("/api/sources")).items[0]?.clock_offset_minutes ?? null;
}

test("five reports in a row behind by the same hours raise one alert that names the line to write, released when mended", async () => {
  await using story = await Story.begin();
  for (let minute = 0; minute < 4; minute++) await story.at(`${minute}m`).report(dated(-300));
  await story.at("4m").expect();
  expect(await offsetOf(story)).toBeNull();
  await story.at("4m").report(dated(-300));
  const [offset] = await story.at("4m").expect(systemAlert("clock-offset", { kind: "state", source: "reports" }));
  expect(offset?.message).toContain(`zone: "-05:00"`);
  expect(await offsetOf(story)).toBe(-300);
  await story.at("5m").report(dated(-300));
  await story.at("6m").expect();
  await story.at("7m").report(dated(0));
  await story.at("7m").expect();
  expect(await story.get(`/api/alerts/${offset?.id}`)).toMatchObject({ state: "resolved" });
  expect(await offsetOf(story)).toBeNull();
});

test("reports refused for being in the future show the offset all the same", async () => {
  await using story = await Story.begin();
  for (let index = 0; index < 5; index++) await story.at(`${index * 3}m`).report(dated(330));
  const [offset] = await story.at("12m").expect(systemAlert("clock-offset"));
  expect(offset?.message).toContain(`zone: "+05:30"`);
  expect(
    (await story.get<{ items: { reason: string }[] }>("/api/quarantine")).items.map(({ reason }) => reason),
  ).toEqual(["future", "future", "future", "future", "future"]);
  await story.at("15m").report(dated(0));
  expect(await story.get(`/api/alerts/${offset?.id}`)).toMatchObject({ state: "resolved" });
});

test("of a writer that names its zone it is said that its clock is wrong", async () => {
  await using story = await Story.begin();
  for (let minute = 0; minute < 5; minute++) await story.at(`${minute}m`).report(dated(-60, "Z"));
  const [offset] = await story.at("5m").expect(systemAlert("clock-offset"));
  expect(offset?.message).toContain("they name their own zone");
});

test("different offsets, or one broken by a report in time, raise nothing", async () => {
  await using story = await Story.begin();
  for (const [minute, off] of [-300, -300, -300, -300, 0, -300, -300, -285, -300, -300].entries())
    await story.at(`${minute}m`).report(dated(off));
  await story.at("10m").expect();
});

test("nothing is shifted by itself, and the source's own zone is applied where it is configured", async () => {
  await using story = await Story.begin({
    config: `export default { sources: [{ kind: "reports", name: "reports", zone: "Asia/Kolkata" }] };`,
  });
  await story
    .at("1m")
    .report(aReport("naive.json", { symbol: "BTCUSDT", signal: "BUY", score: 80, timestamp: "2026-03-02 17:30:30" }));
  await story.at("2m").expect(alert("SIGNAL", "BTCUSDT"));
  expect(await story.signal("BTCUSDT")).toMatchObject({ timestamp: "2026-03-02T12:00:30.000Z" });
});
