import { describe, expect, test } from "bun:test";
import type { MarketView } from "../../../src/core/market";
import { aReport, fixture, NOW, read, readBytes, refusalOf } from "./given";

const name = "market_report_1747022239.json";
const at = Date.parse("2025-05-12T03:57:19Z");
const overview = { regime: "📈 Bullish", total_turnover: 5 };
const found = { symbol: "AVAX/USDT", divergence_type: "alpha_breakout" };
const listing = (...alpha_opportunities: unknown[]) => ({ bitcoin_beta_analysis: { alpha_opportunities } });

test("the sample is a market and an opportunity, and no signal", () => {
  const { notes, ...reading } = readBytes(fixture("variants", name), { path: name });
  expect(notes).not.toBeEmpty();
  expect(reading).toEqual({
    parsers: ["market report"],
    signals: [],
    refusals: [],
    market: {
      observedAt: at,
      regime: "BULLISH",
      activePairs: null,
      averageVolume: null,
      totalVolume: 28_000_000_000,
      marketCap: null,
      dispersion: null,
      realisedVolatility: null,
      averageChange: 1.8,
      advancers: 7,
      decliners: 3,
      openInterest: 9_900_000_000,
      trendStrength: 0.36,
      gainers: [],
      losers: [],
    },
    opportunities: [
      {
        symbol: "AVAXUSDT",
        pattern: "beta_expansion",
        confidence: 0.87,
        alphaPotential: 0.124,
        riskLevel: "High",
        observedAt: at,
        datedBy: "body",
        timeframes: { mtf: 1.6 },
        insight: "beta rising while correlation holds",
        action: "watch",
        expectedDuration: "1h 0m",
        entryConditions: ["Volume spike"],
        exitConditions: ["Beta normalization"],
      },
    ],
  });
});

function market(market_overview: object, rest: object = {}): MarketView | null {
  return read({ market_overview, ...rest }, { path: name }).market;
}

describe("a market", () => {
  test.each([
    ["📉 Bearish", "BEARISH"],
    ["neutral", "NEUTRAL"],
    ["⚡ VOLATILE", "VOLATILE"],
    ["Unbullish", null],
    ["Bullish or Bearish", null],
    ["", null],
    [7, null],
  ] as const)("of regime %p is %p", (regime, expected) => {
    expect(market({ regime })?.regime ?? null).toBe(expected);
  });

  test.each([
    ["0.0%", 0],
    ["36%", 0.36],
    [0.36, 0.36],
    ["0.36", 0.36],
    [1.0000000000000002, 1],
    [-1e-14, 0],
    ["0,36", null],
    [36, null],
    ["strong", null],
  ] as const)("of trend strength %p is %p", (trend_strength, expected) => {
    expect(market({ trend_strength })?.trendStrength ?? null).toBe(expected);
  });

  test("says nothing of what the report leaves out or garbles", () => {
    const garbled = market({
      total_turnover: -1,
      total_open_interest: "<circular_reference:dict>",
      bullish_symbols: 1.5,
      bearish_symbols: ["A", "B"],
      total_volume: 9,
    });
    expect(garbled).toMatchObject({
      totalVolume: null,
      openInterest: null,
      advancers: null,
      decliners: 2,
      averageChange: null,
      regime: null,
    });
  });

  test("names its movers", () => {
    const seen = market(overview, {
      top_performers: {
        gainers: [{ symbol: "AAA/USDT", change: "5.2%" }, ["BBBUSDT", 3], { symbol: "<b>", change: 1 }, null],
        losers: [{ symbol: "CCCUSDT" }],
      },
    });
    expect(seen).toMatchObject({
      gainers: [
        { symbol: "AAAUSDT", change: 5.2 },
        { symbol: "BBBUSDT", change: 3 },
      ],
      losers: [],
    });
  });

  test("is dated by its name where its body is not", () => {
    expect(market(overview)?.observedAt).toBe(at);
    expect(read({ market_overview: overview }, { path: "market_report_1747022239000.json" }).market?.observedAt).toBe(
      at,
    );
  });

  test("of the future or of no time is refused whole", () => {
    expect(refusalOf({ market_overview: overview, timestamp: NOW + 1e7, ...listing(found) })).toMatchObject({
      reason: "future",
      element: null,
      observedAt: NOW + 1e7,
    });
    expect(refusalOf({ market_overview: overview, timestamp: "soon" })).toMatchObject({ reason: "bad-time" });
  });

  test("in name only is not a report, and a signal in its name is a signal", () => {
    expect(refusalOf({ hello: 1 }, { path: name }).reason).toBe("not-a-report");
    expect(read(aReport, { path: name }).signals).toHaveLength(1);
  });
});

describe("opportunities", () => {
  test("take their report's time, and are refused one by one", () => {
    const { opportunities, refusals } = read(
      listing(found, { ...found, timestamp: NOW + 1e7 }, { symbol: "BTCUSDT" }, 7, { ...found, symbol: "<b>" }),
      { path: name },
    );
    expect(opportunities).toMatchObject([
      {
        symbol: "AVAXUSDT",
        pattern: "alpha_breakout",
        observedAt: at,
        datedBy: "name",
        confidence: null,
        riskLevel: null,
        timeframes: {},
      },
    ]);
    expect(refusals.map(({ reason, element }) => [reason, element])).toEqual([
      ["future", 2],
      ["unreadable", 3],
      ["unreadable", 4],
      ["bad-symbol", 5],
    ]);
  });

  test("never hold a value they were not given", () => {
    const odd = {
      ...found,
      confidence: 87,
      alpha_potential: "x",
      risk_level: "medium",
      timeframe_signals: { htf: "1.5", mtf: null, "a b": 1, ltf: "n" },
      entry_conditions: ["a", 7, null],
    };
    expect(read(listing(odd), { path: name }).opportunities).toMatchObject([
      {
        confidence: null,
        alphaPotential: null,
        riskLevel: "Medium",
        timeframes: { htf: 1.5 },
        entryConditions: ["a"],
        exitConditions: [],
      },
    ]);
  });

  test.each([
    ["87%", 0.87],
    [1.0000000000000002, 1],
    [-1e-14, 0],
    ["0,87", null],
  ] as const)("of confidence %p: %p", (confidence, expected) => {
    expect(read(listing({ ...found, confidence }), { path: name }).opportunities[0]?.confidence ?? null).toBe(expected);
  });

  test("of a risk level that is there and none are refused: as absent they would pass every limit", () => {
    const { opportunities, refusals } = read(
      listing(
        { ...found, risk_level: "Extreme" },
        { ...found, risk_level: "N/A" },
        { ...found, alpha_potential: "12.4%" },
      ),
      { path: name },
    );
    expect(refusals.map(({ reason, element }) => [reason, element])).toEqual([["unreadable", 1]]);
    expect(opportunities).toMatchObject([{ riskLevel: null }, { alphaPotential: 0.124 }]);
  });

  test("may come alone or in an array", () => {
    expect(read({ ...found, timestamp: at })).toMatchObject({
      signals: [],
      refusals: [],
      opportunities: [{ observedAt: at, datedBy: "body" }],
    });
    expect(read([found, aReport])).toMatchObject({
      signals: [{ symbol: "BTCUSDT" }],
      refusals: [],
      opportunities: [{ symbol: "AVAXUSDT", datedBy: "mtime" }],
    });
  });
});
