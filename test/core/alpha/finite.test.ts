import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { AlphaModel } from "../../../src/core/alpha/model";
import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../../../src/core/candle";
import { IndicatorCache } from "../../../src/scanners/alpha/indicator-cache";
import { seededRandom } from "../../support/random";

/** No Infinity and no NaN leaves a judgement, whatever candles went in. */

const endAt = Date.UTC(2026, 2, 1);

/** Of even volume, so that what is usual at each hour is known. */
const fortnight = Array.from({ length: 15 * 48 }, (_, back) => ({
  at: endAt - (15 * 48 - back) * candleMs["30m"],
  open: 1,
  high: 1,
  low: 1,
  close: 1,
  volume: 1,
}));

/** A stretch of candles of one manner. */
interface Stretch {
  readonly candles: number;
  /** Log return, times noise and beside it. */
  readonly noise: number;
  readonly drift: number;
  readonly volume: number;
  /** Candles left out before it. */
  readonly gap: number;
}

const stretch: fc.Arbitrary<Stretch> = fc.record({
  candles: fc.integer({ min: 1, max: 260 }),
  noise: fc.constantFrom(0, 0, 1e-13, 1e-4, 0.01, 5),
  drift: fc.constantFrom(0, 0, 0, 1e-4, -0.01, 300, -300),
  volume: fc.constantFrom(0, 0, Number.MIN_VALUE, 1, 1e12, Number.MAX_VALUE),
  gap: fc.constantFrom(0, 0, 0, 1, 3),
});

test("whatever candles go in, every number that comes out is one", () => {
  fc.assert(
    fc.property(
      fc.array(stretch, { minLength: 1, maxLength: 4 }),
      fc.array(stretch, { minLength: 1, maxLength: 4 }),
      fc.integer(),
      fc.constantFrom(...candleTimeframes),
      (benchmark, own, seed, timeframe) => {
        expectFinite(judged(timeframe, candlesOf(benchmark, timeframe, seed), candlesOf(own, timeframe, seed + 1)));
      },
    ),
    {
      numRuns: 400,
      examples: [
        [
          [
            { candles: 210, noise: 0, drift: -300, volume: 1, gap: 0 },
            { candles: 11, noise: 0, drift: 300, volume: Number.MAX_VALUE, gap: 0 },
          ],
          [{ candles: 1, noise: 0, drift: 0, volume: 0, gap: 0 }],
          0,
          "4h",
        ],
      ],
    },
  );
});

test("200 candles without volume, then trading", () => {
  const calm = { candles: 204, noise: 0.001, drift: 0, volume: 1, gap: 0 };
  for (const traded of [4, 20, 50]) {
    const own = [
      { ...calm, candles: 250 - traded, volume: 0 },
      { ...calm, candles: traded, drift: 0.01, volume: 1000 },
    ];
    expectFinite(judged("5m", candlesOf([{ ...calm, candles: 250 }], "5m", 1), candlesOf(own, "5m", 2)));
  }
});

test("a single candle in which the benchmark moved leaves nothing to measure an error by, and no finding", () => {
  const still = { candles: 49, noise: 0, drift: 0, volume: 1, gap: 0 };
  const benchmark = candlesOf(
    [
      { ...still, candles: 230 },
      { ...still, candles: 1, drift: 0.01 },
      { ...still, candles: 30 },
    ],
    "5m",
    1,
  );
  const own = candlesOf(
    [
      { ...still, candles: 211, noise: 0.001 },
      { ...still, candles: 50, noise: 0.001, drift: 0.01 },
    ],
    "5m",
    2,
  );
  expectFinite(judged("5m", benchmark, own));
  expect(JSON.stringify(judged("5m", benchmark, own, ["BTCUSDT", "ALTUSDT"]))).not.toContain("alpha_breakout");
});

/** Where nothing is watched there is no correction for any test, so that everything there is comes out. */
function judged(
  timeframe: CandleTimeframe,
  benchmark: readonly Candle[],
  own: readonly Candle[],
  watched: readonly string[] = [],
): unknown {
  const model = new AlphaModel({ benchmark: "BTCUSDT", scanIntervalMs: 300_000 });
  const indicators = new IndicatorCache();
  for (const [symbol, candles] of [
    ["BTCUSDT", benchmark],
    ["ALTUSDT", own],
  ] as const) {
    if (timeframe !== "30m") model.take(symbol, "30m", fortnight);
    model.take(symbol, timeframe, candles);
    indicators.take(symbol, timeframe, candles);
  }
  const found = model.judge(
    endAt,
    (symbol, length) => ({ turnover: null, indicators: indicators.of(symbol, length) }),
    { watched },
  );
  return [found, model.statistics("ALTUSDT", timeframe)];
}

/** They end now. */
function candlesOf(stretches: readonly Stretch[], timeframe: CandleTimeframe, seed: number): Candle[] {
  const random = seededRandom(seed);
  const stepMs = candleMs[timeframe];
  let at = endAt - stretches.reduce((sum, { candles, gap }) => sum + candles + gap, 0) * stepMs;
  let close = 100;
  return stretches.flatMap(({ candles, noise, drift, volume, gap }) => {
    at += gap * stepMs;
    return Array.from({ length: candles }, () => {
      const open = close;
      close = Math.min(1e300, Math.max(1e-300, open * Math.exp(drift + noise * (random.next() - 0.5))));
      const candle = {
        at,
        open,
        high: Math.max(open, close),
        low: Math.min(open, close),
        close,
        volume: volume * (0.5 + random.next() / 2),
      };
      at += stepMs;
      return candle;
    });
  });
}

function expectFinite(value: unknown, path = "found"): void {
  if (typeof value === "number") expect([path, Number.isFinite(value)]).toEqual([path, true]);
  else if (typeof value === "object" && value !== null)
    for (const [key, each] of Object.entries(value)) expectFinite(each, `${path}.${key}`);
}
