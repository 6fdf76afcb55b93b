import { expect, test } from "bun:test";
import { IndicatorCache } from "../../../src/scanners/alpha/indicator-cache";

const minute = 60_000;

function candles(closes: readonly number[], from = 0) {
  return closes.map((close, index) => ({
    at: (from + index) * minute,
    open: close,
    high: close + 1,
    low: close - 1,
    close,
    volume: 1,
  }));
}

test("readings begin when there are enough candles, and are none before", () => {
  const cache = new IndicatorCache();
  expect(cache.of("ALTUSDT", "1m")).toBeNull();
  cache.take("ALTUSDT", "1m", candles([100, 101]));
  expect(cache.of("ALTUSDT", "1m")).toEqual({ atr: null, rsi: null, rsiLowest: null });
});

// Every candle spans 2 and opens within the one before, so the true range is 2; nothing rises, so the RSI is 0, then all does.
test("a flat range of 2 is an average of 2, and an oversold moment is remembered for 20 candles", () => {
  const cache = new IndicatorCache();
  const falling = Array.from({ length: 20 }, (_, index) => 100 - index / 2);
  const rising = Array.from({ length: 19 }, (_, index) => 91 + index / 2);
  cache.take("ALTUSDT", "1m", candles(falling));
  expect(cache.of("ALTUSDT", "1m")).toMatchObject({ rsi: 0, rsiLowest: 0 });
  expect(cache.of("ALTUSDT", "1m")?.atr).toBeCloseTo(2, 12);
  cache.take("ALTUSDT", "1m", candles(rising, 20));
  expect(cache.of("ALTUSDT", "1m")?.rsi).toBeGreaterThan(70);
  expect(cache.of("ALTUSDT", "1m")?.rsiLowest).toBe(0);
  cache.take("ALTUSDT", "1m", candles([101], 39));
  expect(cache.of("ALTUSDT", "1m")?.rsiLowest).toBeGreaterThan(0);
});

test("known candles are ignored, and after a gap it starts anew", () => {
  const cache = new IndicatorCache();
  const first = candles(Array.from({ length: 30 }, (_, index) => 100 + (index % 3)));
  cache.take("ALTUSDT", "1m", first);
  const before = cache.of("ALTUSDT", "1m");
  cache.take("ALTUSDT", "1m", first);
  expect(cache.of("ALTUSDT", "1m")).toEqual(before);
  cache.take("ALTUSDT", "1m", candles([100], 31));
  expect(cache.of("ALTUSDT", "1m")?.atr).toBeNull();
  cache.forget("ALTUSDT", "1m");
  expect(cache.of("ALTUSDT", "1m")).toBeNull();
});
