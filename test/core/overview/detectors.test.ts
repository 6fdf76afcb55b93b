import { expect, test } from "bun:test";
import { wideBasis } from "../../../src/core/overview/basis";
import { exchangeSpread, isOfTwoCoins, wideSpread, type Quote } from "../../../src/core/overview/exchange-spread";
import { fundingExtremes } from "../../../src/core/overview/funding-extreme";
import { marketView } from "../../../src/core/overview/market-view";
import { regimeChange } from "../../../src/core/overview/regime-change";
import { volatilityJump } from "../../../src/core/overview/volatility-jump";
import { volumeSpike } from "../../../src/core/overview/volume-spike";
import { aTicker } from "./tickers";

const options = { quote: "USDT", minTurnover: 1e6 };

test("a regime that turns is found with its numbers; the first, and one that is unknown, are not", () => {
  const calm = marketView(
    [aTicker({ symbol: "BTCUSDT", change: 0 }), aTicker({ change: 0.5 })],
    options,
    null,
    null,
    0,
  );
  const up = marketView(
    [aTicker({ symbol: "BTCUSDT", change: 3 }), aTicker({ change: 4 })],
    options,
    null,
    "NEUTRAL",
    1,
  );
  expect([calm.regime, up.regime]).toEqual(["NEUTRAL", "BULLISH"]);
  expect(regimeChange("NEUTRAL", up, "bybit")).toMatchObject({
    name: "regime-change",
    exchange: "bybit",
    message: "The market is BULLISH, it was NEUTRAL",
    observedAt: 1,
  });
  expect(regimeChange("NEUTRAL", up, null)?.why).toContainEqual({
    name: "mean change without outliers %",
    value: 3.5,
    limit: 2,
  });
  expect(regimeChange(null, up, null)).toBeNull();
  expect(regimeChange("NEUTRAL", { ...up, regime: null }, null)).toBeNull();
  expect(regimeChange("BULLISH", up, null)).toBeNull();
});

// Logarithms of 8 hours: 0 1 0 1 0 1 0 1 above ln 100; mean .5, deviation sqrt(2 / 7) = .534522, with its own error x
// sqrt(9 / 8) = .566947.
test("an hour is a spike against the same hour of other days", () => {
  const sameHourBefore = [0, 1, 0, 1, 0, 1, 0, 1].map((log) => 100 * Math.exp(log));
  const hour = { symbol: "ALTUSDT", exchange: "bybit", sameHourBefore, observedAt: 3 };
  const spike = volumeSpike({ ...hour, turnover: 100 * Math.exp(0.5 + 0.566947 * 4.01) });
  expect(spike?.why.find(({ name }) => name === "z")?.value).toBeCloseTo(4.01, 4);
  expect(volumeSpike({ ...hour, turnover: 100 * Math.exp(0.5 + 0.566947 * 3.99) })).toBeNull();
  expect(volumeSpike({ ...hour, turnover: 1e9, sameHourBefore: sameHourBefore.slice(2) })).toBeNull();
  const regular = Array.from({ length: 8 }, (_, index) => 100 + (index % 2));
  expect(volumeSpike({ ...hour, turnover: 110, sameHourBefore: regular })).toBeNull();
  expect(volumeSpike({ ...hour, turnover: 210, sameHourBefore: regular })).not.toBeNull();
});

test("moves four times as large are a jump, one wild move is not", () => {
  const before = Array.from({ length: 96 }, (_, index) => 0.001 * Math.sin(index * 7));
  const history = { symbol: "BTCUSDT", exchange: null, before, observedAt: 1 };
  const recent = Array.from({ length: 12 }, (_, index) => 0.004 * Math.sin(index * 7));
  expect(volatilityJump({ ...history, recent })?.why.find(({ name }) => name === "ratio")?.value).toBeCloseTo(4, 0);
  expect(
    volatilityJump({ ...history, recent: recent.map((each, index) => (index === 5 ? 0.05 : each / 4)) }),
  ).toBeNull();
  expect(volatilityJump({ ...history, recent: recent.slice(2) })).toBeNull();
  expect(volatilityJump({ ...history, recent, before: before.slice(1) })).toBeNull();
});

const aQuote: Quote = {
  exchange: "bybit",
  symbol: "ALTUSDT",
  market: "perp",
  bid: 1,
  ask: 1,
  at: 0,
  fee: 0.001,
  funding: null,
};

// Bought at 100 with .1 %: 100.1; sold at 101 with .1 %: 100.899; .00798202 of what was paid.
test("a spread counts after both fees, and only on quotes that are both fresh", () => {
  const now = 60_000;
  const cheap: Quote = { ...aQuote, exchange: "binance", bid: 99.9, ask: 100, at: now - 2_000 };
  const dear: Quote = { ...aQuote, exchange: "bybit", bid: 101, ask: 101.1, at: now - 9_000 };
  const spread = exchangeSpread(dear, cheap, now);
  expect(spread).toMatchObject({
    buy: { exchange: "binance" },
    sell: { exchange: "bybit" },
    buyAgeMs: 2_000,
    sellAgeMs: 9_000,
  });
  expect(spread?.gross).toBeCloseTo(0.01, 12);
  expect(spread?.net).toBeCloseTo(100.899 / 100.1 - 1, 12);
  const finding = spread && wideSpread(spread, now);
  expect(finding).toMatchObject({
    name: "exchange-spread",
    symbol: "ALTUSDT",
    exchange: null,
    observedAt: now - 9_000,
  });
  expect(finding?.message).toBe(
    "ALTUSDT bought on binance and sold on bybit gives 0.80 % after fees, quotes up to 9 s old",
  );
  const later = exchangeSpread(dear, cheap, now + 2_000);
  expect(later && wideSpread(later, now + 2_000)).toBeNull();
  const costly = exchangeSpread({ ...dear, fee: 0.004 }, { ...cheap, fee: 0.004 }, now);
  expect(costly && wideSpread(costly, now)).toBeNull();
  expect(exchangeSpread({ ...dear, symbol: "OTHERUSDT" }, cheap, now)).toBeNull();
  expect(exchangeSpread({ ...dear, bid: 0 }, cheap, now)).toBeNull();
});

test("prices more than 15 % apart are of two coins, and no spread", () => {
  const cheap: Quote = { ...aQuote, exchange: "binance", bid: 0.99, ask: 1 };
  const judged = [1.149, 1.151, 227].map((bid) => {
    const spread = exchangeSpread(cheap, { ...aQuote, bid, ask: bid * 1.01 }, 0);
    return spread && [isOfTwoCoins(spread), wideSpread(spread, 0) !== null];
  });
  expect(judged).toEqual([
    [false, true],
    [true, false],
    [true, false],
  ]);
});

function judged(a: Quote, b: Quote) {
  const spread = exchangeSpread(a, b, 0);
  return spread && { spread: wideSpread(spread, 0), basis: wideBasis(spread, 0) };
}

// A perpetual sold at 101 against spot bought at 100: .00798202 after fees. Longs pay where funding is above zero.
test("a perpetual against spot is a basis, judged with what funding pays or costs in 8 h", () => {
  const spot: Quote = { ...aQuote, exchange: "binance", market: "spot", bid: 99.9, ask: 100 };
  const perp: Quote = { ...aQuote, bid: 101, ask: 101.1, funding: 0.0001 };
  const dear = judged(perp, spot);
  expect(dear?.spread).toBeNull();
  expect(dear?.basis).toMatchObject({ name: "basis", symbol: "ALTUSDT", exchange: null });
  expect(dear?.basis?.message).toBe(
    "ALTUSDT's perpetual on bybit is dearer than spot on binance: 0.80 % after fees, and funding pays " +
      "0.010 % per 8 h; quotes up to 0 s old",
  );
  expect(dear?.basis?.why[0]?.value).toBeCloseTo(0.798202 + 0.01, 5);
  // Shorts pay .6 % in 8 h: what the distance gives, funding takes.
  expect(judged({ ...perp, funding: -0.006 }, spot)?.basis).toBeNull();
  // The other way round: bought as a perpetual at 100, sold at 101 on spot; longs pay .6 %, or are paid.
  const cheap = { ...aQuote, bid: 99.9, ask: 100 };
  const dearSpot: Quote = { ...spot, bid: 101, ask: 101.1 };
  expect(judged({ ...cheap, funding: 0.006 }, dearSpot)?.basis).toBeNull();
  expect(judged({ ...cheap, funding: -0.0001 }, dearSpot)?.basis?.message).toContain(
    "cheaper than spot on binance: 0.80 % after fees, and funding pays 0.010 %",
  );
  // Not known, too old, too far apart, two spots, a dated future: nothing is said of a basis.
  for (const [a, b] of [
    [{ ...perp, funding: null }, spot],
    [{ ...perp, at: -11_000 }, spot],
    [{ ...perp, bid: 120, ask: 121 }, spot],
    [{ ...perp, market: "spot" }, spot],
    [{ ...perp, market: "future" }, spot],
  ] as const)
    expect(judged(a, b)?.basis).toBeNull();
});

test("funding far from zero is found, the farthest first, of active pairs only", () => {
  const finding = fundingExtremes(
    [
      aTicker({ symbol: "AUSDT", fundingRate: 0.0011 }),
      aTicker({ symbol: "BUSDT", fundingRate: -0.004 }),
      aTicker({ symbol: "CUSDT", fundingRate: 0.0009 }),
      aTicker({ symbol: "DUSDT", fundingRate: 0.01, turnover: 10 }),
      aTicker({ symbol: "EUSDT", fundingRate: null }),
      // .03 % every hour is .24 % per 8 h; .12 % every 8 h of an unknown interval cannot be compared.
      aTicker({ symbol: "FUSDT", fundingRate: 0.0003, fundingHours: 1 }),
      aTicker({ symbol: "GUSDT", fundingRate: 0.0012, fundingHours: null }),
      aTicker({ symbol: "HUSDT-270326", fundingRate: 0.01, market: "future" }),
    ],
    options,
    "bybit",
  );
  expect(finding.map(({ symbol }) => symbol)).toEqual(["BUSDT", "FUSDT", "AUSDT"]);
  expect(finding[0]).toMatchObject({
    message: "BUSDT pays 0.400 % per 8 h, shorts to longs",
    why: [{ value: -0.4, limit: -0.1 }, { value: 8 }, { value: 10e6, limit: 1e6 }],
  });
  expect(finding[1]?.message).toBe("FUSDT pays 0.240 % per 8 h (0.030 % every 1 h), longs to shorts");
});
