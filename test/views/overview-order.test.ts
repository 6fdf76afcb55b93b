import { expect, test } from "bun:test";
import { marketView } from "../../src/core/overview/market-view";
import { Overview } from "../../src/views/overview";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";

const noon = Date.parse("2026-03-02T12:00:00Z");
const day = 86_400_000;
const opportunity = (pattern: string, observedAt: number) => ({
  symbol: "BTCUSDT",
  pattern,
  confidence: null,
  alphaPotential: null,
  riskLevel: null,
  observedAt,
  datedBy: "body" as const,
  timeframes: {},
  insight: null,
  action: null,
  expectedDuration: null,
  entryConditions: [],
  exitConditions: [],
});

test("a clock that was a day ahead does not hide today's signals, alerts and opportunities behind tomorrow's", async () => {
  using writer = await openTestWriter(noon);
  const overview = new Overview();
  const seen = (read: Overview, what: "signals" | "alerts" | "alpha_opportunities") =>
    read.at("4h", noon + 3000, {} as never, false)[what].map((row) => ("pattern" in row ? row.pattern : row.symbol));
  for (const [index, now] of [noon, noon + day, noon + 1000, noon + 2000].entries()) {
    writer.setNow(now);
    const report = reportOf({
      receivedAt: now,
      file: `${index}.json`,
      signals: [signalOf({ observedAt: now, symbol: `S${index}USDT`, score: 80 })],
      opportunities: [opportunity(`p${index}`, now)],
    });
    expect(await writer.writer.submit({ observation: report, file: fileOf(report) })).toBe(true);
  }
  for (const { recorded } of writer.commits) overview.apply(recorded);
  const loaded = new Overview();
  loaded.load(writer.reader, noon + 3000);
  for (const read of [overview, loaded]) {
    expect(seen(read, "signals")).toEqual(["S3USDT", "S2USDT", "S1USDT", "S0USDT"]);
    // Three are as many as fit into one window.
    expect(seen(read, "alerts")).toEqual(["S2USDT", "S1USDT", "S0USDT"]);
    expect(seen(read, "alpha_opportunities")).toEqual(["p3", "p2", "p1", "p0"]);
  }
});

test("of two exchanges whose quotes are stale since one time the first configured leads, whichever answered first", async () => {
  const quotes = { quote: "USDT", minTurnover: 0 };
  for (const answered of [
    ["bybit", "binance"],
    ["binance", "bybit"],
  ]) {
    using writer = await openTestWriter(noon);
    const overview = new Overview(["bybit", "binance"]);
    for (const source of answered) {
      const market = marketView([], quotes, null, null, noon);
      expect(
        await writer.writer.submit({
          observation: {
            kind: "scan",
            scanner: `market:${source}`,
            source,
            receivedAt: noon,
            opportunities: [],
            market,
            findings: [],
          },
          file: null,
        }),
      ).toBe(true);
    }
    for (const { recorded } of writer.commits) overview.apply(recorded);
    expect(overview.market(noon + 8 * 60_000)).toMatchObject({ source: "bybit", stale: true, age_seconds: 480 });
  }
});
