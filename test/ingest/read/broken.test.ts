import { describe, expect, test } from "bun:test";
import type { RefusalReason } from "../../../src/core/reading";
import { fixture, fixtureNames, readBytes } from "./given";

const reasons: Readonly<Record<string, RefusalReason>> = {
  "deep.json": "too-deep",
  "empty.json": "empty",
  "future.json": "future",
  "latin1.json": "not-utf8",
  "markup-in-symbol.json": "bad-symbol",
  "no-symbol.json": "no-symbol",
  "not-json.json": "not-json",
  "reliability-impossible.json": "reliability-out-of-range",
  "score-out-of-range.json": "score-out-of-range",
  "truncated.json": "not-json",
  "unknown-direction.json": "unknown-direction",
};

describe("broken", () => {
  test.each(Object.entries(reasons))("%s is refused: %s", (name, reason) => {
    const { signals, opportunities, market, refusals } = readBytes(fixture("broken", name), { path: name });
    expect({ signals, opportunities, market }).toEqual({ signals: [], opportunities: [], market: null });
    expect(refusals.map((refusal) => [refusal.reason, refusal.element])).toEqual([[reason, null]]);
    expect(refusals[0]?.detail).toMatch(/\S.*\.$/);
  });

  test("proto.json is read and touches no prototype", () => {
    const { signals, refusals } = readBytes(fixture("broken", "proto.json"), { path: "proto.json" });
    expect(refusals).toEqual([]);
    expect(signals.map((signal) => [signal.symbol, signal.score])).toEqual([["BTCUSDT", 80]]);
    expect(Reflect.has({}, "admin")).toBe(false);
    expect(signals.map((signal) => Reflect.has(signal, "admin"))).toEqual([false]);
  });

  test("a refused future shows the time it claims", () => {
    const { refusals } = readBytes(fixture("broken", "future.json"));
    expect(refusals[0]).toMatchObject({
      reason: "future",
      observedAt: Date.parse("2100-01-01T00:00:00Z"),
      zoneAssumed: false,
    });
  });

  test("none is left out here", () => {
    expect([...Object.keys(reasons), "proto.json"].toSorted()).toEqual(fixtureNames("broken"));
  });
});
