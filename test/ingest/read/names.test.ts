import { describe, expect, test } from "bun:test";
import { MTIME, read, refusalOf, signalOf, aReport } from "./given";

const at = Date.parse("2025-07-26T01:26:40Z");

describe("a name fills what the body lacks", () => {
  // path, symbol, direction, score, time
  test.each([
    ["xrpusdt_LONG_70p5_20250726_012640.json", "XRPUSDT", "long", 70.5, at],
    ["1000bonkusdt_SELL_12p5_20250726_012640.json", "1000BONKUSDT", "short", 12.5, at],
    ["BTCUSDT_BULLISH_whatever.json", "BTCUSDT", "long", null, MTIME],
    ["BTCUSDT_BUY_20250726_012640_data.json", "BTCUSDT", "long", null, at],
    ["ETHUSDT_SELL_data.json", "ETHUSDT", "short", null, MTIME],
    ["btc/usdt_BUY_70p5_20250726_012640.json", "BTCUSDT", "long", 70.5, at],
    ["2025/july/btc/usdt_BUY_20250726_012640.json", "BTCUSDT", "long", null, at],
    ["archive/btcusdt_BUY_20250726_012640.json", "BTCUSDT", "long", null, at],
    ["btc_usdt_BUY_20250726_012640.json", "BTCUSDT", "long", null, at],
    ["BTC-USDT_exit_long_20250726_012640.json", "BTCUSDT", "exit", null, at],
    ["RELIANCE_BUY_70p5_20250726_012640.json", "RELIANCE", "long", 70.5, at],
    ["xrpusdt_BUY_70p5_20250726_012640 (1).json", "XRPUSDT", "long", 70.5, at],
    ["xrpusdt_BUY_170p5_20251326_012640.json", "XRPUSDT", "long", null, MTIME],
  ])("%s", (path, symbol, direction, score, observedAt) => {
    const datedBy = observedAt === MTIME ? "mtime" : "name";
    expect(signalOf({ price: 1 }, { path })).toMatchObject({
      symbol,
      direction,
      score,
      observedAt,
      datedBy,
      zoneAssumed: datedBy === "name",
    });
  });

  test("a symbol too where it holds only that and the time", () => {
    expect(signalOf({ signal: "BUY" }, { path: "xrpusdt_20250726_012640.json" })).toMatchObject({
      symbol: "XRPUSDT",
      symbolAsWritten: "xrpusdt",
      observedAt: at,
    });
    expect(refusalOf({ signal: "BUY" }, { path: "momentum_20250726_012640.json" }).reason).toBe("no-symbol");
  });

  test("and nothing the body gives", () => {
    const signal = signalOf(aReport, { path: "xrpusdt_SELL_10p0_20250726_012640.json" });
    expect(signal).toMatchObject({
      symbol: "BTCUSDT",
      direction: "long",
      score: 80,
      observedAt: aReport.timestamp,
      datedBy: "body",
    });
  });

  test("not what the body gives without a value", () => {
    const path = "xrpusdt_SELL_10p0_20250726_012640.json";
    expect(refusalOf({ ...aReport, score: "<circular_reference:dict>" }, { path }).reason).toBe("no-score");
    expect(refusalOf({ ...aReport, symbol: "<circular_reference:dict>" }, { path }).reason).toBe("no-symbol");
    expect(signalOf({ ...aReport, score: null }, { path }).score).toBe(10);
  });

  test("with its time in the source's zone", () => {
    const path = "xrpusdt_BUY_20250726_012640.json";
    expect(signalOf({ price: 1 }, { path, parseOptions: { zone: "Asia/Kolkata" } }).observedAt).toBe(
      Date.parse("2025-07-25T19:56:40Z"),
    );
  });

  test("a future name is refused with the time it claims", () => {
    const path = "xrpusdt_BUY_20300101_000000.json";
    expect(refusalOf({ price: 1 }, { path })).toMatchObject({
      reason: "future",
      observedAt: Date.parse("2030-01-01T00:00:00Z"),
      zoneAssumed: true,
    });
  });

  test("of many in an array it gives the time alone", () => {
    const path = "xrpusdt_BUY_70p5_20250726_012640.json";
    const many = read([{ symbol: "AAAUSDT", signal: "SELL" }, { signal: "SELL" }, { symbol: "AAAUSDT" }], { path });
    expect(many.signals).toMatchObject([{ symbol: "AAAUSDT", score: null, observedAt: at, datedBy: "name" }]);
    expect(many.refusals.map(({ reason, element }) => [reason, element])).toEqual([
      ["no-symbol", 2],
      ["no-direction", 3],
    ]);
    expect(signalOf([{ price: 1 }], { path })).toMatchObject({ symbol: "XRPUSDT", direction: "long", score: 70.5 });
  });
});

describe("a name that holds no symbol", () => {
  test.each([
    ["report.json"],
    ["no-symbol.json"],
    ["report_20250726_012640.json"],
    ["signal_BUY_70p5_20250726_012640.json"],
    ["market_data.json"],
    ["20250726_012640.json"],
    ["<b>_BUY_20250726_012640.json"],
    [""],
    ["////"],
  ])("%s", (path) => {
    const { refusals } = read({ signal: "BUY", score: 80 }, { path });
    expect(refusals.map(({ reason }) => reason)).toEqual(["no-symbol"]);
  });
});
