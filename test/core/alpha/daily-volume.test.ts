import { expect, test } from "bun:test";
import { DailyVolume } from "../../../src/core/alpha/daily-volume";
import { candleMs } from "../../../src/core/candle";

const slotMs = candleMs["30m"];
const dayMs = 48 * slotMs;
const startAt = Date.UTC(2026, 0, 1);

/** 100 in the first half-hour of a day, 200 in the second, up to 4,800. */
function played(days: number, volumeAt = (slot: number) => 100 * ((slot % 48) + 1), from = 0): DailyVolume {
  const volume = new DailyVolume();
  for (let slot = from * 48; slot < days * 48; slot += 1) take(volume, slot, volumeAt(slot));
  return volume;
}

function take(volume: DailyVolume, slot: number, traded: number): void {
  volume.take({ at: startAt + slot * slotMs, open: 1, high: 1, low: 1, close: 1, volume: traded });
}

const until = startAt + 20 * dayMs;

test("what is usual at an hour is what other days traded then", () => {
  const volume = played(20);
  expect(volume.usual(until, slotMs)(until + 5 * slotMs)).toBe(600);
  // 9 to 16: 900 + 1000 + ... + 1600
  expect(volume.usual(until, candleMs["4h"])(until + 8 * slotMs)).toBe(10_000);
  // Between 600, of the middle of its half-hour, and 700: a twelfth of the way; six of them make half an hour.
  expect(volume.usual(until, candleMs["5m"])(until + 5.5 * slotMs)).toBeCloseTo((600 + 100 / 12) / 6, 9);
  expect(volume.usual(until, candleMs["1m"])(until - 30_000)).toBeCloseTo((4800 + 100) / 2 / 30, 9);
});

const wild = (slot: number) => (Math.floor(slot / 48) === 17 ? 1e9 : 480);

test("one wild day does not count, and a week is needed", () => {
  expect(played(20, wild).usual(until, slotMs)(until)).toBe(480);
  expect(played(6).usual(startAt + 6 * dayMs, slotMs)(until)).toBeNaN();
  expect(played(7).usual(startAt + 7 * dayMs, slotMs)(until)).toBe(100);
});

test("half-hours that are missing are not known, and are no half-hours without volume", () => {
  const volume = new DailyVolume();
  for (let slot = 0; slot < 20 * 48; slot += 1) if (slot % 48 !== 3 || slot > 15 * 48) take(volume, slot, 480);
  expect(volume.usual(until, slotMs)(until + 3 * slotMs)).toBeNaN();
  expect(volume.usual(until, slotMs)(until + 4 * slotMs)).toBe(480);
  take(volume, 100 * 48, 480);
  expect(volume.usual(startAt + 100 * dayMs, slotMs)(until)).toBeNaN();
});

const rising = (slot: number) => 100 + slot;

test("the same is usual however long the program has run, and though it knows more by now", () => {
  const usual = played(20, rising).usual(until, candleMs["4h"])(until);
  expect(played(20, rising, 5).usual(until, candleMs["4h"])(until)).toBe(usual);
  expect(played(22, rising).usual(until, candleMs["4h"])(until)).toBe(usual);
});
