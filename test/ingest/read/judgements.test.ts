import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import type { ScoreScale } from "../../../src/core/signal";
import { aReport, refusalOf, signalOf } from "./given";

describe("directions", () => {
  test.each([
    ...["BUY", "buy", "LONG", "Bullish"].map((word) => [word, "long"] as const),
    ...["SELL", "short", "BEARISH"].map((word) => [word, "short"] as const),
    ...["HOLD", "Neutral", "WATCH"].map((word) => [word, "neutral"] as const),
    ...["exit_long", "EXIT_SHORT", "close", "flat", "Exit Long", "exit"].map((word) => [word, "exit"] as const),
  ])("%s is %s", (signal, direction) => {
    expect(signalOf({ ...aReport, signal })).toMatchObject({ direction, word: signal });
  });

  test.each([["signal"], ["signal_type"], ["type"], ["direction"], ["action"]])("under %s", (key) => {
    expect(signalOf({ ...aReport, signal: undefined, [key]: "SELL" }).direction).toBe("short");
  });

  test("type counts only where it is a direction word", () => {
    expect(signalOf({ ...aReport, signal: undefined, type: "scalp", direction: "short" }).direction).toBe("short");
    expect(refusalOf({ ...aReport, signal: undefined, type: "scalp" }).reason).toBe("no-direction");
  });

  test("an unknown word is refused even beside a known one", () => {
    expect(refusalOf({ ...aReport, signal: "MAYBE", action: "BUY" }).reason).toBe("unknown-direction");
  });

  test.each([[undefined], [null], [1], ["<circular_reference:dict>"], [[]]])("%p is none", (signal) => {
    expect(refusalOf({ ...aReport, signal }).reason).toBe("no-direction");
  });
});

describe("scores", () => {
  test.each([
    [0, 0],
    [100, 100],
    ["70.5", 70.5],
    [" 70 ", 70],
    ["7e1", 70],
    ["70%", 70],
    ["70.5 %", 70.5],
    [100.00000000000001, 100],
    [-1e-14, 0],
    [undefined, null],
    [null, null],
  ])("%p is %p", (score, expected) => {
    expect(signalOf({ ...aReport, score }).score).toBe(expected);
  });

  test.each([
    ["high"],
    [""],
    ["<circular_reference:dict>"],
    ["0x50"],
    ["NaN"],
    ["Infinity"],
    ["70,5"],
    ["1.070,5"],
    ["70'5"],
    [true],
    [{}],
    [[80]],
  ])("%p is no score", (score) => {
    expect(refusalOf({ ...aReport, score }).reason).toBe("no-score");
  });

  test.each([["NaN"], ["Infinity"], ["-Infinity"]])("Python's %s is no score", (literal) => {
    expect(refusalOf(`{"symbol": "BTCUSDT", "signal": "BUY", "score": ${literal}}`).reason).toBe("no-score");
    expect(signalOf(`{"symbol": "BTCUSDT", "signal": "BUY", "score": ${literal}, "confluence_score": 71}`).score).toBe(
      71,
    );
  });

  test.each([[-0.1], [100.1], ["101"], [1e300]])("%p is out of range", (score) => {
    expect(refusalOf({ ...aReport, score }).reason).toBe("score-out-of-range");
  });
});

function strength(signal: string, score: number, scale: ScoreScale = "auto"): number | null {
  return signalOf({ ...aReport, signal, score }, { parseOptions: { score: scale } }).strength;
}

describe("strength", () => {
  test.each([
    ["SELL", 12.5, "auto", 87.5],
    ["SELL", 78.5, "auto", 78.5],
    ["SELL", 78.5, "directional", 21.5],
    ["SELL", 30, "strength", 30],
    ["BUY", 30, "auto", 30],
    ["NEUTRAL", 65, "auto", 30],
    ["NEUTRAL", 35, "auto", 30],
    ["CLOSE", 90, "auto", null],
  ] as const)("%s %p %s is %p", (signal, score, scale, expected) => {
    expect(strength(signal, score, scale)).toBe(expected);
  });

  test("a long over 50 is as strong as the short that mirrors it", () => {
    fc.assert(
      fc.property(fc.double({ min: 50, max: 100, minExcluded: true, noNaN: true }), (score) => {
        expect(strength("SELL", 100 - score) ?? Number.NaN).toBeCloseTo(strength("BUY", score) ?? Infinity, 9);
      }),
    );
  });
});

describe("reliability", () => {
  test.each([
    ["auto", 0, 0],
    ["auto", 1, 1],
    ["auto", 0.5, 0.5],
    ["auto", 1.5, 0.015],
    ["auto", 100, 1],
    ["auto", "92.5", 0.925],
    ["ratio", 1, 1],
    ["percent", 1, 0.01],
    ["percent", 0.5, 0.005],
    ["auto", null, null],
    ["auto", "n/a", null],
    ["auto", "unknown", null],
    ["auto", "<circular_reference:dict>", null],
    ["auto", "40%", 0.4],
    ["ratio", "40 %", 0.4],
    ["percent", "40%", 0.4],
    ["auto", "0.5%", 0.005],
    ["auto", "1%", 0.01],
    ["auto", 1.0000000000000002, 1],
    ["ratio", 1.0000000000000002, 1],
    ["auto", 100.00000000000001, 1],
    ["percent", 100.00000000000001, 1],
    ["auto", -1e-14, 0],
  ] as const)("%s %p is %p", (scale, reliability, expected) => {
    expect(signalOf({ ...aReport, reliability }, { parseOptions: { reliability: scale } }).reliability).toBe(expected);
  });

  test.each([["low"], ["high"], [{}], [[]], [true], ["1,0"], ["0,92"], ["1.000,5"], ["0.9 or so"], ["50%%"], ["%"]])(
    "%p is there and no number: refused, not unknown",
    (reliability) => {
      expect(refusalOf({ ...aReport, reliability }).reason).toBe("bad-reliability");
      expect(signalOf({ ...aReport, reliability: null }).reliability).toBeNull();
    },
  );

  test.each([
    ["auto", "101%"],
    ["auto", 100.1],
    ["auto", -0.1],
    ["ratio", 1.01],
    ["percent", 101],
  ] as const)("%s %p is refused", (scale, reliability) => {
    expect(refusalOf({ ...aReport, reliability }, { parseOptions: { reliability: scale } }).reason).toBe(
      "reliability-out-of-range",
    );
  });
});
