import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { backoffMs } from "../../ui/live/backoff";
import { openingOf, withGaps } from "../../ui/charts/candles";
import { createClock } from "../../ui/live/clock";
import { withNewest } from "../../ui/live/newest";
import { amount, count, figure, percent, percentOfRatio, price, ratePercent } from "../../ui/parts/numbers";
import { routeOf } from "../../ui/shell/route";
import { ageText, clockText, momentText, uptimeText } from "../../ui/parts/time";

test.each([
  [43_000.1, "43,000.10"],
  [2318.55, "2,318.55"],
  [58.214, "58.214"],
  [1.2, "1.2000"],
  [0.57, "0.5700"],
  [0.08127, "0.08127"],
  [0.001342, "0.001342"],
  [0.000012345, "0.00001235"],
  [0, "0.00"],
  [-3.5, "\u22123.5000"],
])("price %p reads %p", (value, text) => expect(price(value)).toBe(text));

test.each([
  [2_800_000_000, "2.80 B"],
  [131_600_000_000, "131.6 B"],
  [1_500, "1.50 k"],
  [950, "950.0"],
  [3.2e12, "3.20 T"],
  [0, "0.00"],
])("amount %p reads %p", (value, text) => expect(amount(value)).toBe(text));

test.each([
  [1.84, "1.84"],
  [0.00031, "0.00031"],
  [12_040, "12,040"],
  [100, "100"],
  [0, "0"],
  [-0.5, "\u22120.5"],
])("figure %p reads %p", (value, text) => expect(figure(value)).toBe(text));

test("a funding rate keeps four decimals and its sign", () => {
  expect([ratePercent(0.0001), ratePercent(-0.00125)]).toEqual(["+0.0100 %", "\u22120.1250 %"]);
});

const candle = (at: string) => ({ at, open: 1, high: 1, low: 1, close: 1, volume: 1 });

test("a gap among candles stays a gap, of bounded length", () => {
  const places = withGaps([candle("2026-01-01T00:00:00Z"), candle("2026-01-01T00:03:00Z")], 60);
  expect(places.map(({ candle }) => candle !== null)).toEqual([true, false, false, true]);
  expect(withGaps([candle("2020-01-01T00:00:00Z"), candle("2026-01-01T00:00:00Z")], 60).length).toBe(502);
});

test("what was said is put on the candle it fell into, or on the last closed one, or nowhere", () => {
  const candles = [0, 1, 2].map((n) => ({
    at: `2026-01-01T00:0${n}:00Z`,
    open: 1,
    high: 1,
    low: 1,
    close: 1,
    volume: 1,
  }));
  const place = (at: string) => openingOf(at, candles, 60);
  const first = Date.parse("2026-01-01T00:00:00Z") / 1000;
  expect([
    place("2026-01-01T00:01:59Z"),
    place("2026-01-01T00:09:00Z"),
    place("2025-12-31T23:59:59Z"),
    openingOf("2026-01-01T00:00:00Z", [], 60),
  ]).toEqual([first + 60, first + 120, null, null]);
});

test.each([
  ["dashboard", ["desk", null]],
  ["opportunities", ["opportunities", null]],
  ["symbols/BTC%2FUSDT", ["symbol", "BTC/USDT"]],
  ["symbols/50%", ["symbol", "50%"]],
  ["symbols/", null],
  ["symbols/a/b", null],
  ["docs", null],
] as const)("the path %p is the page %p", (path, expected) => {
  const route = routeOf(path);
  expect(route === null ? null : ([route.page, route.param] as const)).toEqual(expected);
});

test("what is not known stays unknown", () => {
  for (const text of [price, amount, count, percent, percentOfRatio]) expect(text(null)).toBeNull();
});

test("ratios are shown in percent", () => {
  expect([percentOfRatio(0.892), percent(92.5)]).toEqual(["89.2 %", "92.5 %"]);
});

test.each([
  [0, "now"],
  [999, "now"],
  [3000, "3 s ago"],
  [59_999, "59 s ago"],
  [60_000, "1 min ago"],
  [3_599_000, "59 min ago"],
  [3_600_000, "1 h ago"],
  [47 * 3_600_000, "47 h ago"],
  [48 * 3_600_000, "2 d ago"],
  [-5000, "in 5 s"],
  [-400, "now"],
])("an age of %p ms reads %p", (age, text) => expect(ageText(age)).toBe(text));

test.each([
  [12, "12 s"],
  [192, "3 min 12 s"],
  [87_300, "24 h 15 min"],
  [800_000, "9 d 6 h"],
])("up %p s reads %p", (seconds, text) => expect(uptimeText(seconds)).toBe(text));

test("moments are shown in UTC", () => {
  const at = Date.UTC(2026, 10, 20, 9, 4, 8);
  expect([momentText(at), clockText(at)]).toEqual(["20 Nov 2026 09:04:08 UTC", "09:04 UTC"]);
});

test("the wait before a try doubles, spreads over half of itself, and stays within half a minute", () => {
  fc.assert(
    fc.property(fc.nat(100_000), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, chance) => {
      const wait = backoffMs(attempt, chance);
      expect(wait).toBeGreaterThanOrEqual(250);
      expect(wait).toBeLessThanOrEqual(30_000);
      expect(backoffMs(attempt + 1, chance)).toBeGreaterThanOrEqual(wait);
    }),
  );
});

test("a slow message does not move the clock back, a clock that was set moves it at once", () => {
  let local = 1_000_000;
  const clock = createClock(() => local);
  clock.learn(local + 60_000);
  clock.learn(local + 60_000 - 900);
  expect(clock.read() - local).toBe(60_000);
  local += 3_600_000;
  clock.learn(local - 3_540_000);
  expect(clock.read() - local).toBe(-3_540_000);
  clock.learnDate(new Date(local - 3_540_000 - 999).toUTCString());
  expect(clock.read() - local).toBe(-3_540_000);
  clock.learnDate(new Date(40_000_000).toUTCString());
  expect(clock.read()).toBe(40_000_000);
  clock.stop();
});

test("a list keeps its newest, each once, newest first", () => {
  const by = { same: (a: Row, b: Row) => a.id === b.id, time: (row: Row) => row.at, limit: 5 };
  const row = fc.record({ id: fc.nat(8), at: fc.integer({ min: 10, max: 99 }).map(String) });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const list = rows.reduce<readonly Row[]>((so, one) => withNewest(so, one, by), []);
      expect(list.length).toBeLessThanOrEqual(5);
      expect(new Set(list.map((one) => one.id)).size).toBe(list.length);
      expect(list.map((one) => one.at)).toEqual(
        list
          .map((one) => one.at)
          .toSorted()
          .toReversed(),
      );
    }),
  );
});

interface Row {
  readonly id: number;
  readonly at: string;
}
