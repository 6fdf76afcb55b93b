import { expect, test } from "bun:test";
import { Episodes } from "../../../src/core/alpha/episodes";
import type { Finding } from "../../../src/core/alpha/finding";
import {
  confidenceOf,
  evaluationsPerDay,
  testsADay,
  testsPerEvaluation,
} from "../../../src/core/alpha/multiple-testing";
import { patterns } from "../../../src/core/alpha/patterns";
import { riskLevelOf } from "../../../src/core/alpha/risk";
import { thresholds } from "../../../src/core/alpha/thresholds";
import { candleTimeframes } from "../../../src/core/candle";

const minute = 60_000;

test("a day has no more looks than scans, and no more than candles", () => {
  expect(candleTimeframes.map((timeframe) => evaluationsPerDay(timeframe, 5 * minute))).toEqual([288, 288, 48, 6]);
  expect(candleTimeframes.map((timeframe) => evaluationsPerDay(timeframe, 60 * minute))).toEqual([24, 24, 24, 6]);
});

// (288 + 288 + 48 + 6) looks x 6 tests, and 288 over all timeframes together, are 4,068 a symbol.
test("100 symbols on four timeframes make 406,800 tests a day, and the thresholds leave under .2 false findings", () => {
  expect(testsPerEvaluation).toBe(patterns.length);
  const tests = testsADay(
    Array.from({ length: 100 }, () => candleTimeframes),
    5 * minute,
  );
  expect(tests).toBe(406_800);
  const expected =
    candleTimeframes.reduce(
      (sum, timeframe) =>
        sum +
        (1 - thresholds[timeframe].confidence) * 100 * (evaluationsPerDay(timeframe, 5 * minute) * testsPerEvaluation),
      0,
    ) / tests;
  expect(expected + (0.15 * 28_800) / tests).toBeLessThan(0.2);
});

test("confidence lacks to 1 what a day without anything to find would still bring", () => {
  expect(confidenceOf(1e-7, 406_800)).toBeCloseTo(0.959_32, 10);
  expect(confidenceOf(0.5, 406_800)).toBe(0);
});

test("what goes on is news once, until the window that made it has gone by", () => {
  const episodes = new Episodes();
  const at = (minutes: number) => episodes.news([found], minutes * minute).length;
  expect([at(0), at(5), at(250), at(500), at(751)]).toEqual([1, 0, 0, 0, 1]);
  const restarted = new Episodes(episodes.entries());
  expect(restarted.news([found], 800 * minute)).toEqual([]);
  expect(restarted.news([{ ...found, timeframe: "1m" }], 800 * minute)).toHaveLength(1);
});

test.each([
  [200, 1e9, "High"],
  [200, null, "High"],
  [null, 1e6, "High"],
  [50, 1e6, "High"],
  [50, 1e9, "Low"],
  [100, 1e9, "Medium"],
  [50, 1e7, "Medium"],
  [50, null, null],
  [null, 1e9, null],
] as const)("a volatility of %p % and a turnover of %p are %p risk", (volatility, turnover, level) => {
  expect(riskLevelOf(volatility, turnover)).toBe(level);
});

/** 50 candles of 5 minutes: a window of 250. */
const found: Finding = {
  symbol: "ALTUSDT",
  pattern: "alpha_breakout",
  confidence: 0.99,
  alphaPotential: 0.05,
  riskLevel: "Low",
  observedAt: 0,
  datedBy: "body",
  timeframes: {},
  insight: null,
  action: null,
  expectedDuration: null,
  entryConditions: [],
  exitConditions: [],
  timeframe: "5m",
  n: 50,
  why: [],
  p: 1e-8,
};
