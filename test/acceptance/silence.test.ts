import { expect, test } from "bun:test";
import type { HealthShape } from "../../src/views/health";
import type { OverviewShape } from "../../src/views/overview-shape";
import type { SourceShape } from "../../src/views/sources";
import { aSignal } from "../support/reports";
import { Story, systemAlert } from "../support/story";

/** Too weak for an alert of its own. */
const weak = () => aSignal({ strength: 50 });

async function sourceOf(story: Story): Promise<SourceShape> {
  const { items } = await story.get<{ items: SourceShape[] }>("/api/sources");
  if (!items[0]) throw new Error("no source");
  return items[0];
}

async function speakEveryMinute(story: Story, times: number): Promise<void> {
  for (let minute = 0; minute < times; minute++) await story.at(`${minute}m`).report(weak());
}

test("a source that spoke every minute is silent after a quarter of an hour, and back with its next report", async () => {
  await using story = await Story.begin();
  await speakEveryMinute(story, 21);
  expect(await sourceOf(story)).toMatchObject({
    state: "live",
    cadence: { kind: "learned", every_seconds: 60, silent_after_seconds: 900, gaps_learned: 20 },
  });
  await story.at("35m").expect();
  const [silent] = await story
    .at("35m1s")
    .expect(systemAlert("source-silent", { kind: "state", state: "open", source: "reports", expires_at: null }));
  expect(silent?.message).toBe("reports: no report for 15 min, usually at least every 60 s");
  expect((await sourceOf(story)).state).toBe("silent");
  const { system_status: system } = await story.get<OverviewShape>("/api/dashboard/overview");
  expect(system.freshness.find(({ name }) => name === "reports")).toMatchObject({ kind: "source", state: "stale" });
  const { status, checks } = await story.get<HealthShape>("/api/dashboard/health");
  expect([status, checks["source:reports"]?.status, checks["alerts"]?.status]).toEqual([
    "degraded",
    "degraded",
    "degraded",
  ]);
  await story.at("40m").expect();
  await story.at("50m").report(weak());
  await story.at("50m").expect();
  expect(await story.get(`/api/alerts/${silent?.id}`)).toMatchObject({
    state: "resolved",
    ended_at: "2026-03-02T12:50:00.000Z",
  });
  expect((await sourceOf(story)).state).toBe("live");
});

test("with fewer than 20 gaps nothing is learned yet, and nothing alarms", async () => {
  await using story = await Story.begin();
  await speakEveryMinute(story, 20);
  await story.at("9h").expect();
  expect((await sourceOf(story)).cadence).toMatchObject({ kind: "learning", gaps_learned: 19, every_seconds: null });
});

test("a source too irregular is not judged", async () => {
  await using story = await Story.begin();
  for (let index = 0; index < 21; index++) await story.at(`${index * 7}h`).report(weak());
  await story.at("900h").expect();
  expect((await sourceOf(story)).cadence).toMatchObject({ kind: "irregular", every_seconds: 7 * 3600 });
});

test("what the config expects wins over what was learned", async () => {
  await using story = await Story.begin({
    config: `export default { sources: [{ kind: "reports", name: "reports", expectEvery: "2m" }] };`,
  });
  await story.at("0s").report(weak());
  await story.at("2m").expect();
  await story.at("2m1s").expect(systemAlert("source-silent", { source: "reports" }));
});

test("the time we were down does not count", async () => {
  await using story = await Story.begin();
  await speakEveryMinute(story, 21);
  await story.at("21m").stop();
  await story.at("5h").start();
  await story.at("5h14m").expect();
  await story.at("5h15m1s").expect(systemAlert("source-silent"));
});

test("the gap of a time away is not learned", async () => {
  await using story = await Story.begin();
  await speakEveryMinute(story, 21);
  await story.at("21m").stop();
  await story.at("5h").start();
  await story.at("5h1m").report(weak());
  await story.at("5h2m").report(weak());
  expect((await sourceOf(story)).cadence).toMatchObject({ every_seconds: 60, gaps_learned: 21 });
});

test("a silence that stands still stands after a restart, and is not raised twice", async () => {
  await using story = await Story.begin();
  await speakEveryMinute(story, 21);
  const [silent] = await story.at("40m").expect(systemAlert("source-silent"));
  await story.at("41m").restart();
  await story.at("2h").expect();
  expect(await story.get(`/api/alerts/${silent?.id}`)).toMatchObject({ state: "open" });
  await story.at("2h1m").report(weak());
  expect(await story.get(`/api/alerts/${silent?.id}`)).toMatchObject({ state: "resolved" });
});

test("a source that never reported has no data, which is no alarm and not healthy", async () => {
  await using story = await Story.begin({
    config: `export default { sources: [{ kind: "reports", name: "reports", expectEvery: "1m" }] };`,
  });
  await story.at("9h").expect();
  expect(await sourceOf(story)).toMatchObject({ state: "no-data", last_report_at: null, age_seconds: null });
  expect(await story.get("/api/dashboard/health")).toMatchObject({
    status: "degraded",
    checks: { "source:reports": { status: "unknown" } },
  });
});
