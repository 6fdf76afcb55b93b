import { Database } from "bun:sqlite";
import { expect, test } from "bun:test";
import { databasePath } from "../../src/store/db";
import { frameTypes, topics } from "../../src/views/frames";
import { until } from "../support/daemon";
import { aReport, aSignal } from "../support/reports";
import { listenTo } from "../support/socket";
import { Story } from "../support/story";

const aMarketReport = (now: number) => ({
  timestamp: now,
  market_overview: { regime: "Bullish", average_change: 1.8, bullish_symbols: 7, bearish_symbols: 3 },
  bitcoin_beta_analysis: {
    alpha_opportunities: [
      {
        symbol: "AVAXUSDT",
        divergence_type: "beta_expansion",
        confidence: 0.87,
        timestamp: new Date(now).toISOString(),
      },
    ],
  },
});

test("every frame there is comes in one story, and each is what its schema says and no more", async () => {
  await using story = await Story.begin({ config: "export default { monitoring: { alert_cooldown: 60 } };" });
  const { url } = story.daemon;
  const first = await listenTo(url);
  first.send({ type: "subscribe", topics: [...topics] });
  first.send({ type: "ping" });
  first.send("{");
  await first.receive("error");
  const start = first.cursor;
  using hook = Bun.serve({ port: 0, fetch: () => new Response(null) });
  await story.post("/api/channels", { name: "hook", kind: "webhook", url: hook.url.href });
  await first.receive("channel_changed");

  await story.at("1m").report(aSignal({ id: "one", strength: 80 }));
  await story.at("2m").report(aSignal({ id: "one", strength: 85 }));
  await story.at("3m").report(aSignal({ strength: 82 }));
  await story.at("4m").report(aSignal({ direction: "short", strength: 90 }));
  await story.at("5m").report(aReport("market_report_1772452860.json", aMarketReport(story.now)));
  await story.at("6m").report(
    aReport(
      "many.json",
      ["A", "B"].map((symbol) => aSignal({ symbol }).body(story.now)),
    ),
  );
  await story.at("7m").change({ signals: { min_score: 70 } });
  await first.receive("settings_changed");
  await first.receive("held_back");
  await first.receive("delivery_changed");
  await story.post("/api/silences", { match: [{ name: "symbol", op: "=", value: "SOLUSDT" }], for: "1h" });
  await first.receive("silences_changed");

  const resumed = await listenTo(url, start);
  await resumed.receive("resumed");
  const elsewhere = await listenTo(url, { epoch: "elsewhere", seq: 0 });
  await elsewhere.receive("resync");
  using other = new Database(databasePath(story.daemon.data));
  other.run("BEGIN EXCLUSIVE");
  story.place("late.json", aSignal({ symbol: "ETHUSDT" }).body(story.now));
  expect((await first.receive("store_fault")).fault).toBe("locked");
  other.run("ROLLBACK");
  await until("it stores again", async () => {
    story.at("8m");
    return (await fetch(`${url}/readyz`)).ok;
  });
  expect((await first.receive("store_fault", 1)).fault).toBeNull();

  const listeners = [first, resumed, elsewhere];
  expect(listeners.flatMap(({ faults }) => faults)).toEqual([]);
  const types = new Set(listeners.flatMap(({ types, frames }) => [...types, ...frames.map(({ type }) => type)]));
  expect(frameTypes.filter((type) => !types.has(type))).toEqual([]);
}, 60_000);
