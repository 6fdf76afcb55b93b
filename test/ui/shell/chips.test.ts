import { expect, test } from "bun:test";
import type { Expected } from "../../../ui/live/freshness";
import { chipName, chipsOf } from "../../../ui/shell/chips-of";

const expected = (kind: Expected["kind"], name: string, state: Expected["state"]): Expected => ({
  kind,
  name,
  state,
  at: null,
  why: null,
});

test("what is wrong comes first, scanners that fail alike are one chip, those that do well are none", () => {
  const chips = chipsOf([
    expected("source", "trend", "fresh"),
    expected("source", "hunch", "stale"),
    expected("exchange", "bybit", "fresh"),
    expected("scanner", "market:bybit", "fresh"),
    expected("scanner", "candles:bybit", "failing"),
    expected("scanner", "candles:binance", "failing"),
    expected("scanner", "figures", "stale"),
    expected("scanner", "alpha", "fresh"),
  ]);
  expect(chips.map((of) => of.map(chipName))).toEqual([
    ["bybit candles", "binance candles"],
    ["hunch"],
    ["figures"],
    ["trend"],
    ["bybit"],
    ["alpha"],
  ]);
});
