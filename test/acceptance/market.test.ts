import { expect, test } from "bun:test";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { ListOf } from "../../src/views/page";
import type { OpportunityShape } from "../../src/views/opportunities";
import type { OverviewShape } from "../../src/views/overview-shape";
import type { SignalShape } from "../../src/views/signals";
import { aReport } from "../support/reports";
import { alert, decision, Story } from "../support/story";

const opportunity = (now: number, more: object = {}) => ({
  symbol: "AVAXUSDT",
  divergence_type: "beta_expansion",
  confidence: 0.87,
  alpha_potential: 0.124,
  risk_level: "Medium",
  timestamp: new Date(now).toISOString(),
  ...more,
});
const marketReport = (now: number, opportunities: readonly object[], regime = "📈 Bullish") => ({
  timestamp: now,
  market_overview: {
    regime,
    average_change: 1.8,
    bullish_symbols: 7,
    bearish_symbols: 3,
    total_volume: 1.1e9,
    total_turnover: 2.8e10,
    total_open_interest: 9.9e9,
    trend_strength: "36.0%",
  },
  bitcoin_beta_analysis: { alpha_opportunities: opportunities },
  top_performers: { gainers: [], losers: [] },
});

test("a market report becomes the market and its opportunities, and what is not in it stays unknown", async () => {
  await using story = await Story.begin();
  await story
    .at("1m")
    .report(aReport("market_report_1772452860.json", marketReport(story.now, [opportunity(story.now)])));
  await story.at("1m").expect(alert("ALPHA", "AVAXUSDT", { priority: "high", rule: "opportunity" }));
  expect(await story.get("/api/market")).toMatchObject({
    regime: "BULLISH",
    average_change: 1.8,
    advancers: 7,
    decliners: 3,
    market_cap: null,
    realised_volatility: null,
    source: "reports",
    stale: false,
  });
  const { items } = await story.get<ListOf<OpportunityShape>>("/api/opportunities");
  expect(items).toMatchObject([
    {
      symbol: "AVAXUSDT",
      pattern: "beta_expansion",
      confidence: 0.87,
      alpha_potential: 0.124,
      risk_level: "Medium",
      decision: "raised",
    },
  ]);
  const types = story.frames.map(({ type }) => type);
  expect(types).toContain("alpha_opportunity");
  expect(types).toContain("market_update");
  expect(story.rows("SELECT count(*) AS count FROM signals")).toEqual([{ count: 0 }]);
});

test("opportunities are weighed by confidence and risk, and cool down by symbol and pattern", async () => {
  await using story = await Story.begin({ config: "export default { monitoring: { max_alerts: 100 } };" });
  const { now } = story;
  await story
    .at("0s")
    .report(
      aReport(
        "market_report_1.json",
        marketReport(now, [
          opportunity(now, { symbol: "AUSDT", confidence: 0.7 }),
          opportunity(now, { symbol: "BUSDT", risk_level: "High" }),
          opportunity(now, { symbol: "CUSDT", confidence: 0.76 }),
          opportunity(now, { symbol: "DUSDT", confidence: null }),
        ]),
      ),
    );
  await story
    .at("1m")
    .report(
      aReport(
        "market_report_2.json",
        marketReport(story.now, [
          opportunity(story.now, { symbol: "CUSDT", confidence: 0.77 }),
          opportunity(story.now, { symbol: "CUSDT", divergence_type: "alpha_breakout", confidence: 0.8 }),
        ]),
      ),
    );
  await story
    .at("1m")
    .expect(alert("ALPHA", "CUSDT", { priority: "medium" }), alert("ALPHA", "CUSDT", { priority: "medium" }));
  expect((await story.decided()).map(({ symbol, word }) => `${symbol} ${word}`).toSorted()).toEqual([
    "AUSDT below-threshold",
    "BUSDT below-threshold",
    "CUSDT cooldown",
    "CUSDT raised",
    "CUSDT raised",
    "DUSDT unscored",
  ]);
});

test("an older market report does not take the place of a newer one", async () => {
  await using story = await Story.begin();
  await story.at("10m").report(aReport("market_report_2.json", marketReport(story.now, [], "📉 Bearish")));
  await story.at("11m").report(aReport("market_report_1.json", marketReport(story.now - 600_000, [])));
  expect(await story.get("/api/market")).toMatchObject({ regime: "BEARISH", age_seconds: 60 });
  await story.at("12m").restart();
  expect(await story.get("/api/market")).toMatchObject({ regime: "BEARISH", age_seconds: 120 });
  story.at("3h");
  expect(await story.get("/api/market")).toMatchObject({ regime: "BEARISH", stale: true });
});

test("before any source reported the market nothing is known of it", async () => {
  await using story = await Story.begin();
  const { market, alpha_opportunities: opportunities } = await story.get<OverviewShape>("/api/dashboard/overview");
  const { figures, outliers, ...rest } = market;
  expect([figures, outliers]).toEqual([[], []]);
  expect(Object.values(rest).every((value) => value === null)).toBe(true);
  expect(opportunities).toEqual([]);
});

test("every variant of the fixtures goes through the daemon: read, late, and quarantined none", async () => {
  await using story = await Story.begin();
  const folder = join(import.meta.dir, "../fixtures/variants");
  const names = readdirSync(folder).toSorted();
  for (const name of names) await story.at("1m").report(aReport(name, readFileSync(join(folder, name), "utf8")));
  expect(await story.get("/api/quarantine")).toEqual({ items: [], next_cursor: null });
  const { items } = await story.get<ListOf<SignalShape>>("/api/signals?limit=100");
  const read = Object.fromEntries(
    items.map(({ filename, symbol, direction, strength, decision: word }) => [
      `${filename} ${symbol}`,
      [direction, strength, word],
    ]),
  );
  expect(read).toEqual({
    "BTCUSDT_BUY_20240115_102500.json BTCUSDT": ["long", 85.2, "late"],
    "array-root.json AAAUSDT": ["long", 81, "raised"],
    "array-root.json BBBUSDT": ["short", 78, "raised"],
    "bom.json XRPUSDT": ["long", 70.5, "late"],
    "components-objects.json BTCUSDT": ["long", 75, "cap"],
    "markup-in-text.json LINKUSDT": ["long", 70.5, "late"],
    "naive-timestamp.json XRPUSDT": ["long", 70.5, "late"],
    "placeholders.json XRPUSDT": ["long", 70.5, "late"],
    "python-nan.json DOGEUSDT": ["long", 71.2, "late"],
    "reliability-percent.json XRPUSDT": ["long", 70.5, "late"],
    "score-string.json XRPUSDT": ["long", 70.5, "late"],
    "seconds-timestamp.json XRPUSDT": ["long", 70.5, "late"],
    "short-low-score.json SUIUSDT": ["short", 87.5, "late"],
    "short-strength-score.json ETHUSDT": ["short", 78.5, "late"],
    "wrapped.json SOLUSDT": ["long", 72, "late"],
  });
  await story.at("1m").expect(alert("SIGNAL", "AAAUSDT"), alert("SIGNAL", "BBBUSDT"));
  expect(await story.get<ListOf<OpportunityShape>>("/api/opportunities")).toMatchObject({
    items: [{ symbol: "AVAXUSDT", decision: "late" }],
  });
  expect((await story.decided()).filter(({ word }) => word === "cap")).toMatchObject([
    decision("cap", { symbol: "BTCUSDT" }),
  ]);
});
