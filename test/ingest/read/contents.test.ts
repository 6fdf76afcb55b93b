import { describe, expect, test } from "bun:test";
import { aReport, signalOf } from "./given";

const holding = (rest: object) => signalOf({ ...aReport, ...rest });

describe("components", () => {
  test("scores, weights and results are brought together by name", () => {
    const { components } = holding({
      components: { technical: 81, volume: { score: "61", impact: -3, interpretation: "thin" } },
      weights: { technical: 0.1, sentiment: 0.07 },
      results: {
        technical: { score: 12, interpretation: { trend: "up", momentum: "strong" } },
        orderbook: { score: 55, interpretation: "bids" },
      },
    });
    expect(components).toEqual([
      { name: "technical", score: 81, weight: 0.1, impact: null, interpretation: "trend: up; momentum: strong" },
      { name: "volume", score: 61, weight: null, impact: -3, interpretation: "thin" },
      { name: "orderbook", score: 55, weight: null, impact: null, interpretation: "bids" },
      { name: "sentiment", score: null, weight: 0.07, impact: null, interpretation: null },
    ]);
  });

  test("what cannot be used is null, the rest counts", () => {
    const { components } = holding({
      analysis_components: { a: 120, b: "<circular_reference:dict>", c: [], d: 50 },
      weights: { d: 18 },
      results: "none",
    });
    expect(components.map(({ name, score, weight }) => [name, score, weight])).toEqual([
      ["a", null, null],
      ["b", null, null],
      ["c", null, null],
      ["d", 50, null],
    ]);
  });

  test("percent signs are read and rounding dust is clamped", () => {
    const { components } = holding({
      components: { a: "81%", b: 100.00000000000001, c: -1e-14, d: "81,5" },
      weights: { a: "40%", b: 1.0000000000000002, c: -1e-14, d: "0,4" },
    });
    expect(components.map(({ name, score, weight }) => [name, score, weight])).toEqual([
      ["a", 81, 0.4],
      ["b", 100, 1],
      ["c", 0, 0],
      ["d", null, null],
    ]);
  });

  test("a name of the language's own is only a name", () => {
    const { components } = signalOf(
      '{"symbol":"BTCUSDT","signal":"BUY","components":{"__proto__":7,"constructor":{"score":8}},"weights":{}}',
    );
    expect(components.map(({ name, score, weight }) => [name, score, weight])).toEqual([
      ["__proto__", 7, null],
      ["constructor", 8, null],
    ]);
  });

  test("are bounded", () => {
    expect(
      holding({ components: Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`c${i}`, 1])) }).components,
    ).toHaveLength(40);
  });
});

describe("plan", () => {
  test("from trade_params before the root", () => {
    const { plan } = holding({
      trade_params: {
        entry_price: "1.5",
        stop_loss: null,
        targets: [2, { price: 3, size: "50%", name: "far" }, { size: 1 }, null],
      },
      entry_price: 9,
      sl: 1,
      risk_reward_ratio: 2,
    });
    expect(plan).toEqual({
      entry: 1.5,
      stop: 1,
      riskReward: 2,
      targets: [
        { name: null, price: 2, size: null },
        { name: "far", price: 3, size: 50 },
      ],
    });
  });

  test("targets as a dict, and a take profit beside them", () => {
    const { plan } = holding({ targets: { "Target 1": { price: 2, size: 50 }, "Target 2": 3 }, take_profit: 4 });
    expect(plan?.targets).toEqual([
      { name: "Target 1", price: 2, size: 50 },
      { name: "Target 2", price: 3, size: null },
      { name: null, price: 4, size: null },
    ]);
    expect(holding({ targets: [{ price: 2 }], tp: 2 }).plan?.targets).toHaveLength(1);
  });

  test.each([
    [{}],
    [{ trade_params: null }],
    [{ trade_params: { entry_price: null, targets: [] } }],
    [{ entry: 0, sl: -1, tp: "none" }],
  ])("%p is none", (rest) => {
    expect(holding(rest).plan).toBeNull();
  });

  test.each([["2%"], ["1.234,50"], ["1,234.50"], ["$43000"], ["10d"], ["2:1"]])(
    "%p is there and no price for sure: said in the words, never guessed",
    (value) => {
      const { plan, price, words } = holding({
        price: value,
        trade_params: { stop_loss: value },
        tp: value,
        rr_ratio: value,
      });
      expect({ plan, price }).toEqual({ plan: null, price: null });
      expect(words.map(({ text }) => text)).toEqual([
        `price: ${value}`,
        `trade_params.stop_loss: ${value}`,
        `tp: ${value}`,
        `rr_ratio: ${value}`,
      ]);
    },
  );

  test("a size of 100.00000000000001 is all of it", () => {
    expect(holding({ targets: [{ price: 2, size: 100.00000000000001 }] }).plan?.targets).toEqual([
      { name: null, price: 2, size: 100 },
    ]);
  });

  test("targets are bounded", () => {
    expect(holding({ targets: Array.from({ length: 90 }, (_, i) => i + 1), tp: 1000 }).plan?.targets).toHaveLength(20);
  });
});

describe("words", () => {
  test("of every kind", () => {
    const { words } = holding({
      market_interpretations: [
        "🚀 up",
        { component: "volume", display_name: "Volume", interpretation: "thin", severity: "warning" },
        null,
        7,
      ],
      actionable_insights: ["buy\u0000 \u202eit\nnow"],
      influential_components: [{ name: "orderflow", score: 80 }],
      top_weighted_subcomponents: ["cvd"],
    });
    expect(words).toEqual([
      { kind: "interpretation", component: null, text: "🚀 up", severity: null },
      { kind: "interpretation", component: "volume", text: "thin", severity: "warning" },
      { kind: "insight", component: null, text: "buy it now", severity: null },
      { kind: "component", component: "orderflow", text: "orderflow", severity: null },
      { kind: "component", component: null, text: "cvd", severity: null },
    ]);
  });

  test("are bounded in number and length, and cut between characters", () => {
    const { words } = holding({ actionable_insights: Array.from({ length: 100 }, () => `x${"🚀".repeat(5000)}`) });
    expect(words).toHaveLength(20);
    expect(words[0]?.text).toBe(`x${"🚀".repeat(499)}`);
  });

  test("a broken half of a character becomes a mark in its place", () => {
    expect(signalOf('{"symbol":"BTCUSDT","signal":"BUY","actionable_insights":["a\\ud83d"]}').words[0]?.text).toBe(
      "a\ufffd",
    );
  });
});

describe("context", () => {
  test("is kept where given", () => {
    const given = holding({
      strategy: "momentum",
      timeframe: "5m",
      exchange: "bybit",
      expires_at: "2025-12-31 13:00",
      signal_id: 17,
      transaction_id: "t-1",
    });
    expect(given).toMatchObject({
      strategy: "momentum",
      timeframe: "5m",
      exchange: "bybit",
      expiresAt: Date.parse("2025-12-31T13:00:00Z"),
      signalId: "17",
      transactionId: "t-1",
    });
  });

  test("the source's strategy stands where the report names none", () => {
    expect(signalOf(aReport, { parseOptions: { strategy: "grid" } }).strategy).toBe("grid");
    expect(signalOf({ ...aReport, strategy: "momentum" }, { parseOptions: { strategy: "grid" } }).strategy).toBe(
      "momentum",
    );
  });

  test.each([["None"], ["<serialization_error:UUID>"], [1.5], [{}], [""]])("an id of %p is none", (id) => {
    expect(holding({ signal_id: id, transaction_id: id })).toMatchObject({ signalId: null, transactionId: null });
  });
});
