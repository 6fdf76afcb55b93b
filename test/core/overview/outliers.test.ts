import { expect, test } from "bun:test";
import { marketView } from "../../../src/core/overview/market-view";
import { outliersOf } from "../../../src/core/overview/outliers";
import { aTicker } from "./tickers";

const options = { quote: "USDT", minTurnover: 1e6 };
const named = (changes: readonly number[]) => changes.map((change, index) => ({ symbol: `C${index}USDT`, change }));
const outliers = (changes: readonly number[]) => outliersOf(named(changes)).outliers.map(({ change }) => change);

test("what is more than ten deviations from the median is an outlier, a deviation being a point at least", () => {
  expect(outliers([])).toEqual([]);
  expect(outliers([5000])).toEqual([]);
  // Median 0, median distance 2: a deviation of 2.9652, so beyond 29.652.
  expect(outliers([-4, -2, -2, 0, 2, 2, 29.6])).toEqual([]);
  expect(outliers([-4, -2, -2, 0, 2, 2, 29.7])).toEqual([29.7]);
  expect(outliers([-4, -2, -2, -2, 0, 2, 2, 2, 4, 50, -60])).toEqual([-60, 50]);
  // Where nearly none moved, beyond 10 points.
  expect(outliers([0, 0, 0, 0, 9.9, -10.1])).toEqual([-10.1]);
});

test("one listing at +5000 % decides neither the mean that is judged by nor the regime, and is named", () => {
  const pairs = [
    aTicker({ symbol: "BTCUSDT", change: -2 }),
    ...[-3, -2.5, -2.2, -3.1, -1.9].map((change, index) => aTicker({ symbol: `C${index}USDT`, change })),
  ];
  const without = marketView(pairs, options, null, null, 0);
  const listed = marketView([...pairs, aTicker({ symbol: "NEWUSDT", change: 5000 })], options, null, null, 0);
  expect(without).toMatchObject({
    regime: "BEARISH",
    outliers: [],
    robustChange: without.averageChange!,
    robustDispersion: without.dispersion!,
  });
  expect(listed).toMatchObject({
    regime: "BEARISH",
    robustChange: without.averageChange!,
    robustDispersion: without.dispersion!,
    outliers: [{ symbol: "NEWUSDT", change: 5000 }],
  });
  expect(listed.averageChange).toBeGreaterThan(700);
});

test("dated futures are not among the pairs of a view", () => {
  const pairs = [aTicker({ symbol: "BTCUSDT", change: 1 }), aTicker({ change: 2 })];
  const dated = aTicker({ symbol: "BTCUSDT-270326", market: "future", change: 90, turnover: 1e9 });
  expect(marketView([...pairs, dated], options, null, null, 0)).toEqual(marketView(pairs, options, null, null, 0));
});

test("funding is averaged per 8 h, whatever the interval it is paid in", () => {
  const funding = marketView(
    [
      aTicker({ symbol: "AUSDT", fundingRate: 0.0001, fundingHours: 8 }),
      aTicker({ symbol: "BUSDT", fundingRate: 0.0001, fundingHours: 1 }),
      aTicker({ symbol: "CUSDT", fundingRate: -0.0001, fundingHours: 4 }),
      aTicker({ symbol: "DUSDT", fundingRate: 0.05, fundingHours: null }),
    ],
    options,
    null,
    null,
    0,
  ).funding;
  expect(funding).toMatchObject({ pairs: 3, highest: { symbol: "BUSDT" }, lowest: { symbol: "CUSDT" } });
  expect([funding?.highest.rate, funding?.lowest.rate]).toEqual([
    expect.closeTo(0.0008, 12),
    expect.closeTo(-0.0002, 12),
  ]);
  expect(funding?.mean).toBeCloseTo((0.0001 + 0.0008 - 0.0002) / 3, 12);
});
