import { describe, expect, test } from "bun:test";
import { aReport, read, refusalOf, signalOf } from "./given";

describe("arrays", () => {
  test("good elements count, bad ones are refused with their place", () => {
    const { signals, refusals } = read([
      aReport,
      { ...aReport, score: 170 },
      7,
      { signal: { ...aReport, symbol: "ETHUSDT" } },
      { ...aReport, timestamp: 4102444800000 },
    ]);
    expect(signals.map(({ symbol }) => symbol)).toEqual(["BTCUSDT", "ETHUSDT"]);
    expect(refusals.map(({ reason, element, observedAt }) => [reason, element, observedAt])).toEqual([
      ["score-out-of-range", 2, aReport.timestamp],
      ["not-a-report", 3, null],
      ["future", 5, 4102444800000],
    ]);
  });

  test("without elements, or with too many, are refused whole", () => {
    expect(refusalOf([])).toMatchObject({ reason: "not-a-report", element: null });
    expect(refusalOf(Array.from({ length: 5001 }, () => aReport))).toMatchObject({ reason: "too-big", element: null });
  });
});

describe("envelopes", () => {
  test("fill what the signal in them lacks", () => {
    const signal = signalOf({
      symbol: "ETHUSDT",
      price: 7,
      timestamp: aReport.timestamp,
      signal: { type: "SELL", score: 20, price: 8 },
    });
    expect(signal).toMatchObject({
      symbol: "ETHUSDT",
      direction: "short",
      score: 20,
      price: 8,
      observedAt: aReport.timestamp,
    });
  });

  test("need a direction inside", () => {
    expect(refusalOf({ symbol: "ETHUSDT", signal: {} }).reason).toBe("no-direction");
  });
});

test.each([["7"], ["null"], ['"BUY"'], ["{}"], ["true"], ["NaN"], ["[[]]"]])("%s is not a report", (text) => {
  expect(refusalOf(text).reason).toBe("not-a-report");
});

describe("a source's own keys", () => {
  const map = { symbol: "instrument.name", score: "conf", direction: "side", timestamp: "at.ms" };
  const body = {
    instrument: { name: "ETHUSDT" },
    conf: 61,
    side: "SELL",
    at: { ms: aReport.timestamp - 1 },
    symbol: "BTCUSDT",
    signal: "BUY",
    score: 80,
  };

  test("come before the usual ones", () => {
    expect(signalOf(body, { parseOptions: { map } })).toMatchObject({
      symbol: "ETHUSDT",
      score: 61,
      direction: "short",
      observedAt: aReport.timestamp - 1,
    });
  });

  test("give way to the usual ones where they give nothing", () => {
    expect(signalOf(aReport, { parseOptions: { map } })).toMatchObject({
      symbol: "BTCUSDT",
      score: 80,
      direction: "long",
    });
  });

  test("may hold a dot, and lead nowhere", () => {
    expect(signalOf({ ...aReport, "a.b": 33 }, { parseOptions: { map: { score: "a.b" } } }).score).toBe(33);
    expect(
      signalOf(aReport, { parseOptions: { map: { score: "__proto__.x", price: "constructor.name", strategy: "" } } }),
    ).toMatchObject({ score: 80, price: null, strategy: null });
    expect(
      read(aReport, { parseOptions: { map: { price: "toString" } } }).notes.filter(({ key }) => key === "toString"),
    ).toEqual([]);
  });
});
