import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CandleStore } from "../../src/store/candles";
import { openForWriting } from "../../src/store/db";
import { candlesOf } from "../../src/views/candles";

const folder = mkdtempSync(join(tmpdir(), "virtuoso-revisions-"));
const database = openForWriting(folder, { durable: false });
afterAll(() => {
  database[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

const minute = 60_000;
const noon = Date.parse("2026-03-10T12:00:00Z");
const series = { exchange: "bybit", symbol: "ETHUSDT", timeframe: "1m" } as const;
const candle = (at: number, close: number) => ({ at, open: 2, high: 9, low: 1, close, volume: 5 });

test("a correction takes over, keeps what was there before, and goes when its candle goes", () => {
  const store = new CandleStore(database);
  store.put([{ series, candles: [candle(noon, 3), candle(noon + minute, 4)] }]);
  store.put([{ series, candles: [candle(noon, 5)], revised: { at: noon + 90_000, were: [candle(noon, 3)] } }]);
  store.put([{ series, candles: [candle(noon, 6)], revised: { at: noon + 150_000, were: [candle(noon, 5)] } }]);

  const wanted = { symbol: "ETHUSDT", timeframe: "1m", limit: 10 } as const;
  const { items } = candlesOf(store, series, wanted, { now: noon + 3 * minute, aheadMs: 0 });
  expect(items).toEqual([
    {
      at: "2026-03-10T12:00:00.000Z",
      open: 2,
      high: 9,
      low: 1,
      close: 6,
      volume: 5,
      before: [
        { revised_at: "2026-03-10T12:01:30.000Z", open: 2, high: 9, low: 1, close: 3, volume: 5 },
        { revised_at: "2026-03-10T12:02:30.000Z", open: 2, high: 9, low: 1, close: 5, volume: 5 },
      ],
    },
    { at: "2026-03-10T12:01:00.000Z", open: 2, high: 9, low: 1, close: 4, volume: 5 },
  ]);

  store.pruneNextSeries(() => noon + minute, 100);
  expect(store.revisions(series, 0, noon + minute)).toEqual([]);
  expect(store.last(series, 10)).toEqual([candle(noon + minute, 4)]);
});
