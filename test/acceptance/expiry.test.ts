import { expect, test } from "bun:test";
import { dawn, alert, decision, Story } from "../support/story";
import { aSignal } from "../support/reports";

test("an alert is open for a day and then expires, with a frame on the socket", async () => {
  await using story = await Story.begin();
  await story.at("0s").report(aSignal());
  const [raised] = await story.at("1s").expect(alert("SIGNAL", "BTCUSDT", { expires_at: "2026-03-03T12:00:00.000Z" }));
  story.at("23h59m");
  expect(await story.get(`/api/alerts/${raised?.id}`)).toMatchObject({ state: "open" });
  await story.at("24h").expect();
  expect(await story.get(`/api/alerts/${raised?.id}`)).toMatchObject({
    state: "expired",
    ended_at: "2026-03-03T12:00:00.000Z",
    superseded_by: null,
  });
  expect(story.frames.filter(({ type }) => type === "alert_changed")).toMatchObject([
    { alert: { id: raised?.id ?? "", state: "expired" } },
  ]);
});

test("a signal that names its end expires then, also while the daemon is down", async () => {
  await using story = await Story.begin();
  const end = new Date(dawn + 90 * 60_000).toISOString();
  await story.at("0s").report(aSignal({ more: { expires_at: end } }));
  const [raised] = await story.at("1s").expect(alert("SIGNAL", "BTCUSDT", { expires_at: end }));
  await story.at("1h").stop();
  await story.at("2h").start();
  await story.at("2h1s").expect();
  expect(await story.get(`/api/alerts/${raised?.id}`)).toMatchObject({ state: "expired" });
});

test("a signal that had expired when it was read is late", async () => {
  await using story = await Story.begin();
  await story
    .at("10m")
    .report(aSignal({ agoMs: 5 * 60_000, more: { expires_at: new Date(dawn + 9 * 60_000).toISOString() } }));
  await story.at("10m").expect();
  await story.at("10m").expectDecisions(decision("late"));
});

test("how old a report may be is the source's own", async () => {
  await using story = await Story.begin({
    config: `export default { sources: [{ kind: "reports", name: "reports", freshFor: "2h" }] };`,
  });
  await story
    .at("3h")
    .report(
      aSignal({ symbol: "AUSDT", agoMs: 2 * 3_600_000 }),
      aSignal({ symbol: "BUSDT", agoMs: 2 * 3_600_000 + 1000 }),
    );
  await story.at("3h").expect(alert("SIGNAL", "AUSDT"));
});
