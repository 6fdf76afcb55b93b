import { expect, test } from "bun:test";
import { IndicatorShelf } from "../../../src/scanners/alpha/indicator-shelf";

const minute = 60_000;

function candles(closes: readonly number[], from = 0) {
  return closes.map((close, index) => ({ at: (from + index) * minute, open: close, high: close + 1, low: close - 1, close, volume: 1 }));
}

test("readings begin when there are enough candles, and are none before", () => {
  const shelf = new IndicatorShelf();
  expect(shelf.of("ALTUSDT", "1m")).toBeNull();
  shelf.take("ALTUSDT", "1m", candles([100, 101]));
  expect(shelf.of("ALTUSDT", "1m")).toEqual({ atr: null, rsi: null, rsiLowest: null });
});

// Every candle spans 2 and opens within the one before, so the true range is 2; nothing rises, so the RSI is 0, then all does.
test("a flat range of 2 is an average of 2, and an oversold moment is remembered for 20 candles", () => {
  const shelf = new IndicatorShelf();
  const falling = Array.from({ length: 20 }, (_, index) => 100 - index / 2);
  const rising = Array.from({ length: 19 }, (_, index) => 91 + index / 2);
  shelf.take("ALTUSDT", "1m", candles(falling));
  expect(shelf.of("ALTUSDT", "1m")).toMatchObject({ rsi: 0, rsiLowest: 0 });
  expect(shelf.of("ALTUSDT", "1m")?.atr).toBeCloseTo(2, 12);
  shelf.take("ALTUSDT", "1m", candles(rising, 20));
  expect(shelf.of("ALTUSDT", "1m")?.rsi).toBeGreaterThan(70);
  expect(shelf.of("ALTUSDT", "1m")?.rsiLowest).toBe(0);
  shelf.take("ALTUSDT", "1m", candles([101], 39));
  expect(shelf.of("ALTUSDT", "1m")?.rsiLowest).toBeGreaterThan(0);
});

test("known candles are ignored, and after a gap it starts anew", () => {
  const shelf = new IndicatorShelf();
  const first = candles(Array.from({ length: 30 }, (_, index) => 100 + (index % 3)));
  shelf.take("ALTUSDT", "1m", first);
  const before = shelf.of("ALTUSDT", "1m");
  shelf.take("ALTUSDT", "1m", first);
  expect(shelf.of("ALTUSDT", "1m")).toEqual(before);
  shelf.take("ALTUSDT", "1m", candles([100], 31));
  expect(shelf.of("ALTUSDT", "1m")?.atr).toBeNull();
  shelf.forget("ALTUSDT", "1m");
  expect(shelf.of("ALTUSDT", "1m")).toBeNull();
});
