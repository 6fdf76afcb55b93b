import { expect, test } from "bun:test";
import type { Candle } from "../../src/core/candle";
import type { ScanObserved, Unsequenced } from "../../src/core/observation";
import { SurgeWatch } from "../../src/scanners/surge-watch";

const hour = 3_600_000;
const end = Date.parse("2026-03-12T12:00:00Z");

/** Nine days of half hours up to noon; the last two trade many times what that hour usually does. */
const past: Candle[] = Array.from({ length: 9 * 48 }, (_, index) => {
  const at = end - (9 * 48 - index) * (hour / 2);
  const volume = at >= end - hour ? 500 : 10 + (Math.floor(at / (24 * hour)) % 3);
  return { at, open: 1, high: 1, low: 1, close: 1, volume };
});
const fresh = past.slice(-1);

function watch(now: number) {
  const submitted: Unsequenced<ScanObserved>[] = [];
  let reads = 0;
  const surges = new SurgeWatch(
    { exchange: "here", quote: "USDT" },
    {
      cache: {
        last(_series, max) {
          reads++;
          return past.slice(-max);
        },
      },
      now: () => now,
      submit: async (scan) => submitted.push(scan) > 0,
    },
  );
  return { surges, submitted, reads: () => reads };
}

test("a surge of the candle that just came in is submitted as a scan of the exchange's candles", () => {
  const { surges, submitted } = watch(end + 1000);
  surges.arrived("ETHUSDT", "30m", fresh);
  expect(submitted).toMatchObject([
    {
      kind: "scan",
      scanner: "candles:here",
      source: "here",
      receivedAt: end + 1000,
      opportunities: [],
      findings: [{ name: "volume-spike", symbol: "ETHUSDT", exchange: "here" }],
    },
  ]);
});

test("candles of another length, of another quote currency, and none at all are no surge", () => {
  const { surges, submitted, reads } = watch(end + 1000);
  surges.arrived("ETHUSDT", "5m", fresh);
  surges.arrived("ETHBTC", "30m", fresh);
  surges.arrived("ETHUSDT", "30m", []);
  expect(submitted).toEqual([]);
  expect(reads()).toBe(0);
});

test("a surge that comes in two hours late is history", () => {
  const { surges, submitted } = watch(end + 2 * hour);
  surges.arrived("ETHUSDT", "30m", fresh);
  expect(submitted).toEqual([]);
});

test("the past of a symbol is read once, and anew when it was filled or is watched again", () => {
  const { surges, reads } = watch(end + 1000);
  surges.arrived("ETHUSDT", "30m", fresh);
  surges.arrived("ETHUSDT", "30m", fresh);
  expect(reads()).toBe(1);
  surges.filled("ETHUSDT", "5m");
  surges.arrived("ETHUSDT", "30m", fresh);
  expect(reads()).toBe(1);
  surges.filled("ETHUSDT", "30m");
  surges.arrived("ETHUSDT", "30m", fresh);
  expect(reads()).toBe(2);
  surges.forget("ETHUSDT");
  surges.arrived("ETHUSDT", "30m", fresh);
  expect(reads()).toBe(3);
});
