import { dayMs, hourMs, minuteMs } from "../../src/core/duration";
import { describe, expect, test } from "bun:test";
import { assert, constantFrom, integer, property } from "fast-check";
import { SimulatedMarket } from "../../src/exchange/simulated/market";
import type { PlantedEffect } from "../../src/exchange/simulated/planted";

const noon = Date.parse("2026-03-10T12:00:00Z");
const market = new SimulatedMarket({ seed: "one" });

/** Log returns of the candles that closed before `until`, of a length, `count` of them. */
function returns(of: SimulatedMarket, symbol: string, until: number, count: number, lengthMs = minuteMs): number[] {
  const candles = of.candles(symbol, lengthMs, { since: until - count * lengthMs, last: until - lengthMs, now: until });
  return candles.map(({ open, close }) => Math.log(close / open));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0) / numbers.length;
}

function against(ours: readonly number[], benchmark: readonly number[]): { beta: number; correlation: number } {
  const [meanOurs, meanBenchmark] = [mean(ours), mean(benchmark)];
  const covariance = mean(ours.map((each, index) => (each - meanOurs) * (benchmark[index]! - meanBenchmark)));
  const variance = (numbers: readonly number[], about: number) => mean(numbers.map((each) => (each - about) ** 2));
  return {
    beta: covariance / variance(benchmark, meanBenchmark),
    correlation: covariance / Math.sqrt(variance(benchmark, meanBenchmark) * variance(ours, meanOurs)),
  };
}

describe("a pure function of seed, symbol and time", () => {
  test("the same seed gives the same, whatever was asked before", () => {
    const asked = new SimulatedMarket({ seed: "one" });
    asked.quote("DOGEUSDT", noon - 90 * dayMs);
    asked.candles("SOLUSDT", hourMs, { since: noon - 10 * dayMs, last: noon, now: noon });
    for (const symbol of ["BTCUSDT", "SOLUSDT", "TRXUSDT"]) {
      expect(asked.quote(symbol, noon + 17_000)).toEqual(market.quote(symbol, noon + 17_000));
      expect(asked.candles(symbol, minuteMs, { since: noon - dayMs, last: noon, now: noon })).toEqual(
        market.candles(symbol, minuteMs, { since: noon - dayMs, last: noon, now: noon }),
      );
    }
    expect(asked.plantedEffects(noon - dayMs, noon)).toEqual(market.plantedEffects(noon - dayMs, noon));
  });

  test("another seed gives something else", () => {
    const other = new SimulatedMarket({ seed: "two" });
    expect(other.priceAt("BTCUSDT", noon)).not.toBe(market.priceAt("BTCUSDT", noon));
    expect(other.plantedEffects(noon - dayMs, noon)).not.toEqual(market.plantedEffects(noon - dayMs, noon));
  });

  test("a known price stays what it is", () => {
    expect(market.priceAt("BTCUSDT", noon)).toMatchInlineSnapshot(`44856`);
    expect(market.priceAt("1000PEPEUSDT", noon, "binance-spot")).toMatchInlineSnapshot(`0.0029907`);
  });

  test("nothing before the first day, nothing of a symbol that is not traded", () => {
    expect(market.priceAt("BTCUSDT", market.openedAt - 1)).toBeNull();
    expect(market.priceAt("NOSUCHUSDT", noon)).toBeNull();
    expect(market.candles("BTCUSDT", dayMs, { since: 0, last: market.openedAt + dayMs, now: noon })[0]?.at).toBe(
      market.openedAt,
    );
  });
});

describe("everything agrees with everything", () => {
  const symbol = constantFrom(...market.symbols.map((traits) => traits.symbol));
  const venue = constantFrom("bybit-linear", "bybit-spot", "binance-spot");
  const time = integer({ min: noon - 3 * dayMs, max: noon });

  test("longer candles are made of their minutes", () => {
    assert(
      property(
        symbol,
        venue,
        constantFrom(5 * minuteMs, 30 * minuteMs, 4 * hourMs),
        time,
        (name, at, lengthMs, now) => {
          const [candle] = market.candles(name, lengthMs, {
            since: Math.floor(now / lengthMs) * lengthMs,
            last: now,
            now,
            venue: at,
          });
          if (candle === undefined) return;
          const minutes = market.candles(name, minuteMs, { since: candle.at, last: now, now, venue: at });
          expect(candle.open).toBe(minutes[0]!.open);
          expect(candle.close).toBe(minutes.at(-1)!.close);
          expect(candle.high).toBe(Math.max(...minutes.map(({ high }) => high)));
          expect(candle.low).toBe(Math.min(...minutes.map(({ low }) => low)));
          const volume = minutes.reduce((total, minute) => total + minute.volume, 0);
          expect(Math.abs(candle.volume - volume)).toBeLessThan(1e-9 * volume + 1e-9);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a minute opens where the one before closed, over midnight too", () => {
    for (const { symbol: name } of market.symbols.slice(0, 20)) {
      const midnight = noon - 12 * hourMs;
      const minutes = market.candles(name, minuteMs, {
        since: midnight - hourMs,
        last: midnight + hourMs,
        now: noon,
        venue: "binance-spot",
      });
      expect(minutes.every(({ open }, index) => index === 0 || open === minutes[index - 1]!.close)).toBe(true);
      expect(
        minutes.every(
          ({ open, high, low, close, volume }) =>
            low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close) && volume > 0,
        ),
      ).toBe(true);
    }
  });

  test("the price of a moment lies in its minute, and the open candle ends at it", () => {
    assert(
      property(symbol, venue, time, (name, at, now) => {
        const price = market.priceAt(name, now, at)!;
        const minute = Math.floor(now / minuteMs) * minuteMs;
        const [whole] = market.candles(name, minuteMs, {
          since: minute,
          last: minute,
          now: minute + minuteMs,
          venue: at,
        });
        expect(price).toBeGreaterThanOrEqual(whole!.low);
        expect(price).toBeLessThanOrEqual(whole!.high);
        const [begun] = market.candles(name, minuteMs, { since: minute, last: minute, now, venue: at });
        if (begun !== undefined) expect(begun.close).toBe(price);
      }),
      { numRuns: 100 },
    );
  });

  test("a quote is that of its day's candles", () => {
    for (const name of ["BTCUSDT", "SUIUSDT", "VETUSDT"]) {
      const quote = market.quote(name, noon)!;
      const minutes = market.candles(name, minuteMs, { since: noon - dayMs, last: noon - minuteMs, now: noon });
      expect(quote.last).toBe(minutes.at(-1)!.close);
      expect(quote.dayAgo).toBe(minutes[0]!.open);
      expect(quote.high).toBe(Math.max(...minutes.map(({ high }) => high)));
      expect(quote.turnover / minutes.reduce((total, { turnover }) => total + turnover, 0)).toBeCloseTo(1, 9);
      expect(quote.bid).toBeLessThan(quote.last);
      expect(quote.ask).toBeGreaterThan(quote.last);
    }
  });

  test("the venues quote nearly the same", () => {
    for (const { symbol: name } of market.symbols) {
      const linear = market.priceAt(name, noon)!;
      expect(Math.abs(market.priceAt(name, noon, "bybit-spot")! / linear - 1)).toBeLessThan(0.0005);
    }
  });
});

describe("like a market", () => {
  const calm = new SimulatedMarket({ seed: "calm", effects: [] });
  const turnoverOfHour = (at: number) =>
    calm.candles("BTCUSDT", hourMs, { since: at, last: at, now: at + hourMs })[0]!.turnover;

  test.each(["ETHUSDT", "SOLUSDT", "TRXUSDT", "GOATUSDT"])(
    "%s has the beta and correlation it is said to have",
    (symbol) => {
      const traits = calm.symbols.find((each) => each.symbol === symbol)!;
      const found = against(returns(calm, symbol, noon, 5 * 1440), returns(calm, "BTCUSDT", noon, 5 * 1440));
      expect(Math.abs(found.beta - traits.beta)).toBeLessThan(0.08 * traits.beta);
      expect(Math.abs(found.correlation - traits.correlation)).toBeLessThan(0.04);
    },
  );

  test("all regimes come, and each moves the benchmark its own way", () => {
    const spells = Array.from(
      { length: 300 },
      (_, index) => Math.floor((noon - index * 8 * hourMs) / (8 * hourMs)) * 8 * hourMs,
    );
    const moved = Map.groupBy(spells, (at) => calm.regimeAt(at));
    const move = (regime: "bull" | "bear" | "quiet" | "volatile") => {
      const logs = moved
        .get(regime)!
        .map((at) => Math.log(calm.priceAt("BTCUSDT", at + 8 * hourMs - 1)! / calm.priceAt("BTCUSDT", at)!));
      return { drift: mean(logs), size: Math.sqrt(mean(logs.map((each) => each ** 2))) };
    };
    expect(move("bull").drift).toBeGreaterThan(0.015);
    expect(move("bear").drift).toBeLessThan(-0.015);
    expect(move("volatile").size).toBeGreaterThan(2 * move("quiet").size);
  });

  test("prices stay in sight of where they began", () => {
    for (const { symbol, price } of calm.symbols.slice(0, 12)) {
      const far = Array.from({ length: 40 }, (_, week) =>
        Math.abs(Math.log(calm.priceAt(symbol, noon - week * 7 * dayMs)! / price)),
      );
      expect(Math.max(...far)).toBeLessThan(3);
    }
  });

  test("the afternoon trades more than the night", () => {
    expect(turnoverOfHour(noon + 3 * hourMs)).toBeGreaterThan(1.5 * turnoverOfHour(noon - 9 * hourMs));
  });
});

describe("planted effects show, and only where they are", () => {
  const since = noon - 4 * hourMs;
  const planted = (kind: PlantedEffect["kind"], size: number) =>
    new SimulatedMarket({ seed: "calm", effects: [{ kind, symbol: "SOLUSDT", since, until: noon, size }] });
  const usual = new SimulatedMarket({ seed: "calm", effects: [] });

  test("a correlation breaks and comes back", () => {
    const broken = planted("correlation-break", 0.82);
    const measured = (until: number) =>
      against(returns(broken, "SOLUSDT", until, 240), returns(broken, "BTCUSDT", until, 240)).correlation;
    expect(measured(since)).toBeGreaterThan(0.75);
    expect(Math.abs(measured(noon))).toBeLessThan(0.2);
    expect(measured(noon + 4 * hourMs)).toBeGreaterThan(0.75);
  });

  test("a beta expands by its size", () => {
    const expanded = planted("beta-expansion", 1.2);
    const measured = (until: number) =>
      against(returns(expanded, "SOLUSDT", until, 240), returns(expanded, "BTCUSDT", until, 240)).beta;
    expect(measured(since)).toBeCloseTo(1.42, 0);
    expect(
      measured(noon) - against(returns(usual, "SOLUSDT", noon, 240), returns(usual, "BTCUSDT", noon, 240)).beta,
    ).toBeCloseTo(1.2, 1);
  });

  test("a drift leads away by its size, and a day later back", () => {
    const drifting = planted("alpha-drift", 0.09);
    const lead = (at: number) => Math.log(drifting.priceAt("SOLUSDT", at)! / usual.priceAt("SOLUSDT", at)!);
    expect(lead(since)).toBe(0);
    expect(lead(noon)).toBeCloseTo(0.09, 4);
    expect(lead(noon + dayMs / 2)).toBeCloseTo(0.045, 4);
    expect(lead(noon + dayMs)).toBeCloseTo(0, 4);
    expect(drifting.priceAt("ETHUSDT", noon)).toBe(usual.priceAt("ETHUSDT", noon));
  });

  test("a volume spike, a spread and an extreme funding rate are as large as configured", () => {
    const spiked = planted("volume-spike", 10).candles("SOLUSDT", hourMs, {
      since: noon - hourMs,
      last: noon - hourMs,
      now: noon,
    })[0]!;
    expect(
      spiked.turnover /
        usual.candles("SOLUSDT", hourMs, { since: noon - hourMs, last: noon - hourMs, now: noon })[0]!.turnover,
    ).toBeCloseTo(10, 1);
    const apart = planted("spread", 0.008);
    expect(
      apart.priceAt("SOLUSDT", noon - hourMs, "binance-spot")! / apart.priceAt("SOLUSDT", noon - hourMs)! - 1,
    ).toBeCloseTo(0.008, 3);
    expect(planted("funding-extreme", -0.003).quote("SOLUSDT", noon - hourMs)?.fundingRate).toBe(-0.003);
  });

  test("every seed plants every kind within a day, none of them in the benchmark", () => {
    const kinds = new Set(market.plantedEffects(noon - dayMs, noon).map(({ kind }) => kind));
    expect([...kinds].toSorted()).toEqual([
      "alpha-drift",
      "beta-expansion",
      "correlation-break",
      "funding-extreme",
      "spread",
      "volume-spike",
    ]);
    expect(market.plantedEffects(noon - 30 * dayMs, noon).some(({ symbol }) => symbol === "BTCUSDT")).toBe(false);
  });
});
