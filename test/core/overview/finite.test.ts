import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { wideBasis } from "../../../src/core/overview/basis";
import { exchangeSpread, wideSpread, type Quote } from "../../../src/core/overview/exchange-spread";
import { fundingExtremes } from "../../../src/core/overview/funding-extreme";
import { marketView, realisedVolatilityOf } from "../../../src/core/overview/market-view";
import { regimeChange } from "../../../src/core/overview/regime-change";
import { volatilityJump } from "../../../src/core/overview/volatility-jump";
import { volumeSpike } from "../../../src/core/overview/volume-spike";
import type { Ticker } from "../../../src/core/ticker";
import { aTicker } from "./tickers";

/** Every number there is, the smallest and the largest among them; what is no number never comes in. */
const any = fc.double({ noNaN: true, noDefaultInfinity: true });
const above = fc.double({ min: Number.MIN_VALUE, noNaN: true, noDefaultInfinity: true });
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { freq: 4 });

function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(numbersIn) : [];
}

function expectFinite(value: unknown): void {
  expect(numbersIn(value).filter((number) => !Number.isFinite(number))).toEqual([]);
  expect(JSON.stringify(value) ?? "").not.toMatch(/NaN|Infinity/);
}

const ticker = fc.record({
  symbol: fc.constantFrom("BTCUSDT", "ETHUSDT", "SOLUSDT"),
  last: above,
  bid: maybe(above),
  ask: maybe(above),
  change: maybe(any),
  turnover: maybe(fc.double({ min: 0, noNaN: true, noDefaultInfinity: true })),
  fundingRate: maybe(any),
  fundingHours: maybe(above),
  openInterest: maybe(above),
});

test("no Infinity and no NaN leaves the view of a market, nor a finding made of it", () => {
  fc.assert(
    fc.property(fc.array(ticker, { maxLength: 12 }), maybe(fc.array(above, { maxLength: 40 })), (pairs, closes) => {
      const tickers: Ticker[] = pairs.map((pair) => aTicker(pair));
      const options = { quote: "USDT", minTurnover: 0 };
      const view = marketView(tickers, options, closes, "NEUTRAL", 0);
      expectFinite([
        view,
        regimeChange("NEUTRAL", view, "x"),
        fundingExtremes(tickers, options, "x"),
        closes && realisedVolatilityOf(closes),
      ]);
    }),
  );
});

test("a rate that is no number in percent is none, though it were one per 8 h", () => {
  expect(
    fundingExtremes(
      [aTicker({ fundingRate: 1.797693134862316e306, fundingHours: 8.000000000000002 })],
      { quote: "USDT", minTurnover: 0 },
      "x",
    ),
  ).toEqual([]);
});

const quote = fc.record({
  market: fc.constantFrom<Quote["market"]>("spot", "perp"),
  bid: above,
  ask: above,
  funding: maybe(any),
  fee: fc.double({ min: 0, max: 0.1, noNaN: true }),
});

test("no Infinity and no NaN leaves a spread or a basis", () => {
  fc.assert(
    fc.property(quote, quote, (a, b) => {
      const spread = exchangeSpread(
        { exchange: "one", symbol: "ALTUSDT", at: 0, ...a },
        { exchange: "two", symbol: "ALTUSDT", at: 0, ...b },
        0,
      );
      expectFinite([
        spread,
        spread && wideSpread(spread, 0, { net: -1, ageMs: 1 }),
        spread && wideBasis(spread, 0, { net: -1, ageMs: 1 }),
      ]);
    }),
  );
});

test("no Infinity and no NaN leaves a jump of volatility or a spike of volume", () => {
  fc.assert(
    fc.property(
      fc.array(any, { minLength: 2, maxLength: 8 }),
      fc.array(any, { minLength: 2, maxLength: 12 }),
      (recent, before) => {
        expectFinite(
          volatilityJump(
            { symbol: "ALTUSDT", exchange: null, recent, before, observedAt: 0 },
            { ratio: 0, t: -Infinity, recentReturns: 2, returnsBefore: 2 },
          )?.why.map(({ value }) => value),
        );
      },
    ),
  );
  fc.assert(
    fc.property(above, fc.array(above, { minLength: 2, maxLength: 12 }), (turnover, sameHourBefore) => {
      expectFinite(
        volumeSpike(
          { symbol: null, exchange: null, turnover, sameHourBefore, observedAt: 0 },
          { z: 0, ratio: 0, days: 2 },
        ),
      );
    }),
  );
});
