import { describe, expect, test } from "bun:test";
import type { Signal } from "../../../src/core/signal";
import { fixture, fixtureNames, MTIME, onlySignal, readBytes } from "./given";

const at = Date.parse("2025-07-26T01:26:40Z");
const part = (name: string, score: number | null) => ({
  name,
  score,
  weight: null,
  impact: null,
  interpretation: null,
});

const bare: Omit<Signal, "symbol" | "symbolAsWritten" | "score" | "strength" | "observedAt"> = {
  exchange: null,
  market: null,
  direction: "long",
  word: "BUY",
  reliability: null,
  price: null,
  datedBy: "body",
  zoneAssumed: false,
  expiresAt: null,
  strategy: null,
  timeframe: null,
  signalId: null,
  transactionId: null,
  plan: null,
  components: [],
  words: [],
};
const xrp: Signal = {
  ...bare,
  symbol: "XRPUSDT",
  symbolAsWritten: "XRPUSDT",
  word: "LONG",
  score: 70.5,
  strength: 70.5,
  reliability: 1,
  price: 3.16,
  observedAt: at,
  transactionId: "0b6d3b0e-0b3a-4a0d-9d35-2f0f4c9a1e77",
  components: [part("orderbook", 87.5), part("orderflow", 86.6), part("technical", 60.1)],
};

const expected: Readonly<Record<string, Signal>> = {
  "BTCUSDT_BUY_20240115_102500.json": {
    ...bare,
    symbol: "BTCUSDT",
    symbolAsWritten: "BTCUSDT",
    score: 85.2,
    strength: 85.2,
    observedAt: Date.parse("2024-01-15T10:25:00Z"),
  },
  "bom.json": { ...xrp, signalId: "bom00001" },
  "components-objects.json": {
    ...bare,
    symbol: "BTCUSDT",
    symbolAsWritten: "BTCUSDT",
    score: 75,
    strength: 75,
    observedAt: MTIME,
    datedBy: "mtime",
    components: [
      { name: "technical", score: 81, weight: null, impact: 12.5, interpretation: "up" },
      { name: "volume", score: 61, weight: null, impact: 3, interpretation: null },
    ],
  },
  "markup-in-text.json": {
    ...xrp,
    symbol: "LINKUSDT",
    symbolAsWritten: "LINKUSDT",
    signalId: "xss00001",
    words: ["<script>alert(1)</script>", '=HYPERLINK("x")'].map((text) => ({
      kind: "insight" as const,
      component: null,
      text,
      severity: null,
    })),
  },
  "naive-timestamp.json": { ...xrp, signalId: "nai00001", zoneAssumed: true },
  "placeholders.json": { ...xrp, signalId: "plc00001", price: null },
  "python-nan.json": {
    ...bare,
    symbol: "DOGEUSDT",
    symbolAsWritten: "DOGEUSDT",
    word: "LONG",
    score: 71.2,
    strength: 71.2,
    price: 0.2,
    observedAt: at,
    components: [part("technical", null), part("volume", null), part("orderflow", 80.1)],
  },
  "reliability-percent.json": { ...xrp, signalId: "pct00001", reliability: 0.925 },
  "score-string.json": { ...xrp, signalId: "str00001" },
  "seconds-timestamp.json": { ...xrp, signalId: "sec00001" },
  "short-low-score.json": {
    ...xrp,
    symbol: "SUIUSDT",
    symbolAsWritten: "SUIUSDT",
    direction: "short",
    word: "SELL",
    score: 12.5,
    strength: 87.5,
    signalId: "short001",
  },
  "short-strength-score.json": {
    ...bare,
    symbol: "ETHUSDT",
    symbolAsWritten: "ETHUSDT",
    direction: "short",
    word: "SELL",
    score: 78.5,
    strength: 78.5,
    observedAt: Date.parse("2024-01-15T10:30:00Z"),
  },
  "wrapped.json": {
    ...bare,
    symbol: "SOLUSDT",
    symbolAsWritten: "SOL-USDT",
    word: "LONG",
    score: 72,
    strength: 72,
    observedAt: Date.parse("2025-10-21T14:05:00Z"),
    zoneAssumed: true,
    plan: { entry: 150, stop: 142.5, targets: [{ name: null, price: 165, size: null }], riskReward: 2 },
  },
};

describe("variants", () => {
  test.each(Object.entries(expected))("%s is read exactly", (name, signal) => {
    expect(onlySignal(readBytes(fixture("variants", name), { path: name }))).toEqual(signal);
  });

  test("array-root.json is two signals, undated", () => {
    const { signals, refusals } = readBytes(fixture("variants", "array-root.json"), { path: "array-root.json" });
    expect(refusals).toEqual([]);
    expect(signals).toEqual([
      {
        ...bare,
        symbol: "AAAUSDT",
        symbolAsWritten: "AAAUSDT",
        score: 81,
        strength: 81,
        observedAt: MTIME,
        datedBy: "mtime",
      },
      {
        ...bare,
        symbol: "BBBUSDT",
        symbolAsWritten: "BBBUSDT",
        direction: "short",
        word: "SELL",
        score: 22,
        strength: 78,
        observedAt: MTIME,
        datedBy: "mtime",
      },
    ]);
  });

  test("none is left out here", () => {
    const others = ["array-root.json", "market_report_1747022239.json"];
    expect([...Object.keys(expected), ...others].toSorted()).toEqual(fixtureNames("variants"));
  });

  test("a signal written twice under two names reads the same twice", () => {
    const [first, second] = fixtureNames("twice").map((name) =>
      onlySignal(readBytes(fixture("twice", name), { path: name })),
    );
    expect(first).toEqual({ ...xrp, signalId: "a1b2c3d4" });
    expect(second).toEqual(first);
  });
});
