import { expect, test } from "bun:test";
import { againstBenchmark, benchmarkOf } from "../../../ui/charts/against";
import { levelsInView, offChartText } from "../../../ui/charts/levels-in-view";
import { endAround } from "../../../ui/charts/use-candles";

const candles = [
  { low: 98, high: 101 },
  { low: 99, high: 102 },
];

const level = (name: string, price: number) => ({ name, price, kind: "target" as const });
const of = (closes: Record<string, number>) => Object.entries(closes).map(([at, close]) => ({ at, close }));

test("a chart is made higher for the plan as long as the candles do not become a line", () => {
  const view = levelsInView(candles, [level("T3", 140), level("T1", 104), level("T2", 112), level("stop", 60)]);
  expect(view).toEqual({ low: 98, high: 104, above: ["T3", "T2"], below: ["stop"] });
  expect(offChartText(view)).toBe("T3, T2 above the chart; stop below the chart");
  expect(offChartText(levelsInView(candles, [level("T1", 104)]))).toBe("");
  expect(levelsInView([], [level("T1", 104)])).toBeNull();
});

test("a symbol and its benchmark both start from zero, where both have a candle", () => {
  const points = againstBenchmark(of({ a: 1, b: 10, c: 11, e: 9 }), of({ b: 200, c: 100, d: 7, e: 210 }));
  expect(points.map(({ at, symbol, benchmark }) => [at, Math.round(symbol), Math.round(benchmark)])).toEqual([
    ["b", 0, 0],
    ["c", 10, -50],
    ["e", -10, 5],
  ]);
});

test.each([
  ["XRPUSDT", "BTCUSDT"],
  ["ETHUSDC", "BTCUSDC"],
  ["BTCUSDT", null],
  ["^NSEI", null],
])("what %s is measured against: %p", (symbol, benchmark) => {
  expect(benchmarkOf(symbol)).toBe(benchmark);
});

test("what is long ago is shown with the candles around it, what is new with the newest", () => {
  const minute = 60_000;
  const now = Date.parse("2026-11-20T12:00:00Z");
  expect(endAround(now - 100 * minute, minute, now)).toBeNull();
  expect(endAround(now - 1000 * minute, minute, now)).toBe("2026-11-19T21:00:00.000Z");
});
