import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { marketView, realisedVolatilityOf } from "../../../src/core/overview/market-view";
import type { Ticker } from "../../../src/core/ticker";
import { aTicker } from "./tickers";

const options = { quote: "USDT", minTurnover: 1e6 };

// Changes 4, 1, -2: mean 1, squares 9 + 0 + 9, deviation sqrt(18 / 2) = 3.
// Funding: (.0001 x 30 + .0004 x 10) / 40 = .000175. Turnover: 30 + 10 + 20 = 60 million, 20 a pair.
test("a market of three pairs, as worked out by hand", () => {
  const view = marketView(
    [
      aTicker({ symbol: "BTCUSDT", change: 4, turnover: 30e6, fundingRate: 0.0001, openInterest: 5e6 }),
      aTicker({ symbol: "ETHUSDT", change: 1, turnover: 10e6, fundingRate: 0.0004, openInterest: 2e6 }),
      aTicker({ symbol: "XRPUSDT", change: -2, turnover: 20e6 }),
      aTicker({ symbol: "THINUSDT", change: 90, turnover: 0.9e6, fundingRate: 0.9 }),
      aTicker({ symbol: "DARKUSDT", change: 80, turnover: null }),
      aTicker({ symbol: "ETHUSDC", quote: "USDC", change: 70 }),
    ],
    options,
    null,
    null,
    1000,
  );
  expect(view).toEqual({
    observedAt: 1000,
    regime: "NEUTRAL",
    activePairs: 3,
    averageVolume: 20e6,
    totalVolume: 60e6,
    marketCap: null,
    dispersion: 3,
    realisedVolatility: null,
    averageChange: 1,
    robustChange: 1,
    robustDispersion: 3,
    outliers: [],
    advancers: 2,
    decliners: 1,
    openInterest: 7e6,
    trendStrength: null,
    gainers: [
      { symbol: "BTCUSDT", change: 4 },
      { symbol: "ETHUSDT", change: 1 },
    ],
    losers: [{ symbol: "XRPUSDT", change: -2 }],
    btcChange: 4,
    funding: {
      mean: 0.000175,
      highest: { symbol: "ETHUSDT", rate: 0.0004 },
      lowest: { symbol: "BTCUSDT", rate: 0.0001 },
      pairs: 2,
    },
  });
});

test("of nothing, nothing is known", () => {
  const { observedAt, activePairs, gainers, losers, outliers, ...rest } = marketView([], options, [], "BULLISH", 5);
  expect({ observedAt, activePairs, gainers, losers, outliers }).toEqual({
    observedAt: 5,
    activePairs: 0,
    gainers: [],
    losers: [],
    outliers: [],
  });
  expect(Object.values(rest).every((value) => value === null)).toBe(true);
});

// Log returns of .01 and -.01 in turn: ten of them have mean 0 and deviation .01 x sqrt(10 / 9); a year is sqrt 365.
test("BTC's volatility needs ten daily returns", () => {
  const closes = Array.from({ length: 11 }, (_, index) => (index % 2 === 0 ? 100 : 100 * Math.exp(0.01)));
  expect(realisedVolatilityOf(closes)).toBeCloseTo(Math.sqrt(10 / 9) * Math.sqrt(365), 9);
  expect(realisedVolatilityOf(closes.slice(1))).toBeNull();
  expect(realisedVolatilityOf(closes.with(3, 0))).toBeNull();
});

const maybe = (arbitrary: fc.Arbitrary<number>) => fc.option(arbitrary, { nil: null });
const tickers: fc.Arbitrary<Ticker[]> = fc.uniqueArray(
  fc
    .record({
      symbol: fc.constantFrom("BTCUSDT", ...Array.from({ length: 40 }, (_, index) => `S${index}USDT`)),
      change: maybe(fc.double({ min: -99, max: 500, noNaN: true })),
      turnover: maybe(fc.double({ min: 0, max: 1e10, noNaN: true })),
      fundingRate: maybe(fc.double({ min: -0.02, max: 0.02, noNaN: true })),
      openInterest: maybe(fc.double({ min: 0, max: 1e10, noNaN: true })),
    })
    .map(aTicker),
  { selector: ({ symbol }) => symbol, maxLength: 40 },
);

test("whatever is quoted, the view is finite, consistent, and the same in any order", () => {
  fc.assert(
    fc.property(tickers, (quoted) => {
      const view = marketView(quoted, options, null, null, 0);
      const numbers = [
        view.averageVolume,
        view.totalVolume,
        view.dispersion,
        view.averageChange,
        view.openInterest,
        view.btcChange,
        view.funding?.mean,
      ];
      expect(numbers.every((value) => value === null || value === undefined || Number.isFinite(value))).toBe(true);
      expect((view.advancers ?? 0) + (view.decliners ?? 0)).toBeLessThanOrEqual(view.activePairs ?? 0);
      expect(view.dispersion ?? 0).toBeGreaterThanOrEqual(0);
      expect(view.gainers.length).toBeLessThanOrEqual(5);
      expect(view.gainers.every(({ change }) => change > 0) && view.losers.every(({ change }) => change < 0)).toBe(
        true,
      );
      if (view.funding) {
        expect(view.funding.mean).toBeGreaterThanOrEqual(view.funding.lowest.rate - 1e-12);
        expect(view.funding.mean).toBeLessThanOrEqual(view.funding.highest.rate + 1e-12);
      }
      const turned = marketView(quoted.toReversed(), options, null, null, 0);
      expect([turned.gainers, turned.losers, turned.regime, turned.activePairs]).toEqual([
        view.gainers,
        view.losers,
        view.regime,
        view.activePairs,
      ]);
      expect(turned.totalVolume ?? 0).toBeCloseTo(view.totalVolume ?? 0, 1);
    }),
  );
});

test("a pair that is not active changes nothing", () => {
  fc.assert(
    fc.property(tickers, fc.double({ min: -99, max: 500, noNaN: true }), (quoted, change) => {
      const more = [
        ...quoted,
        aTicker({ symbol: "THINUSDT", turnover: 10, change, fundingRate: 0.5 }),
        aTicker({ symbol: "ALTBTC", quote: "BTC", change }),
      ];
      expect(marketView(more, options, null, null, 0)).toEqual(marketView(quoted, options, null, null, 0));
    }),
  );
});
