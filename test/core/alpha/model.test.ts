import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { AlphaModel } from "../../../src/core/alpha/model";
import { compareFindings } from "../../../src/core/alpha/finding";
import { candleMs, candleTimeframes, type Candle } from "../../../src/core/candle";
import { crowdedModel, endAt, judged, play } from "./planted";

const minute = candleMs["1m"];

test("a symbol that moves twice as BTC has beta 2, correlation 1, alpha 0 and no finding", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5_000, max: 5_000 }), { minLength: 60, maxLength: 320 }), (moves) => {
      const model = aModel();
      const returns = moves.map((move) => move / 1e5);
      model.take("BTCUSDT", "1m", candlesOf(returns));
      model.take("ALTUSDT", "1m", candlesOf(returns.map((each) => 2 * each)));
      const recent = model.statistics("ALTUSDT", "1m")?.recent;
      fc.pre(recent !== undefined);
      expect(Math.abs(recent.beta - 2)).toBeLessThan(1e-9);
      expect(Math.abs(recent.correlation - 1)).toBeLessThan(1e-9);
      expect(Math.abs(recent.alpha)).toBeLessThan(1e-9);
      expect(model.judge(moves.length * minute, () => ({ turnover: null, indicators: null }))).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

test("candle by candle, all at once, twice, or before the benchmark's: the numbers are the same", () => {
  const btc = candlesOf(waves(300, 7));
  const alt = candlesOf(waves(300, 11));
  const [atOnce, stepwise, before] = [aModel(), aModel(), aModel()];
  atOnce.take("BTCUSDT", "1m", btc);
  atOnce.take("ALTUSDT", "1m", alt);
  atOnce.take("ALTUSDT", "1m", alt);
  for (const [index, candle] of btc.entries()) {
    stepwise.take("ALTUSDT", "1m", alt.slice(index, index + 1));
    stepwise.take("BTCUSDT", "1m", [candle]);
  }
  stepwise.judge(300 * minute, () => ({ turnover: null, indicators: null }));
  before.take("ALTUSDT", "1m", alt);
  before.take("BTCUSDT", "1m", btc);
  before.judge(300 * minute, () => ({ turnover: null, indicators: null }));
  expect(atOnce.statistics("ALTUSDT", "1m")?.recent.n).toBe(50);
  expect(stepwise.statistics("ALTUSDT", "1m")).toEqual(atOnce.statistics("ALTUSDT", "1m"));
  expect(before.statistics("ALTUSDT", "1m")).toEqual(atOnce.statistics("ALTUSDT", "1m"));
});

test("a candle missing on either side is joined with nothing, and no return spans the gap", () => {
  const returns = waves(60, 7);
  const doubled = returns.map((each) => 2 * each);
  const model = aModel();
  model.take(
    "BTCUSDT",
    "1m",
    candlesOf(returns).filter((_, index) => index !== 20),
  );
  model.take(
    "ALTUSDT",
    "1m",
    candlesOf(doubled).filter((_, index) => index !== 40),
  );
  expect(model.statistics("ALTUSDT", "1m")).not.toBeNull();
  expect(model.statistics("ALTUSDT", "1m")?.recent.beta).toBeCloseTo(2, 9);
  const short = aModel();
  short.take(
    "BTCUSDT",
    "1m",
    candlesOf(returns.slice(0, 53)).filter((_, index) => index !== 20),
  );
  short.take(
    "ALTUSDT",
    "1m",
    candlesOf(doubled.slice(0, 53)).filter((_, index) => index !== 40),
  );
  // 53 returns, less two for each missing candle.
  expect(short.statistics("ALTUSDT", "1m")).toBeNull();
});

test("what was found stands while its series goes on, and falls when candles stay away", () => {
  const model = crowdedModel();
  play(model, "5m", 260, (back, draw) => ({
    benchmark: 0.004 * draw(),
    symbol: 0.004 * (draw() + (back < 50 ? 2 : 0)),
  }));
  const found = model.judge(endAt, liquid);
  expect(found.map(({ symbol, pattern, timeframe }) => [symbol, pattern, timeframe])).toContainEqual([
    "ALTUSDT",
    "alpha_breakout",
    "5m",
  ]);
  expect(found[0]?.observedAt).toBe(endAt);
  expect(model.judge(endAt + 5 * minute, liquid)).toEqual(found);
  expect(model.judge(endAt + 60 * minute, liquid)).toEqual([]);
  model.keepOnly([]);
  expect(model.newestAt("ALTUSDT", "5m")).toBeNull();
});

test("a series that is forgotten takes with it what was found over all timeframes together", () => {
  const model = crowdedModel();
  for (const timeframe of candleTimeframes)
    play(model, timeframe, 60, (_, draw) => ({ benchmark: 0.004 * draw(), symbol: 0.004 * (draw() + 1) }));
  const overAll = () => model.judge(endAt, liquid).filter(({ timeframe }) => timeframe === "all");
  expect(overAll()).toHaveLength(1);
  for (const timeframe of candleTimeframes) model.forget("ALTUSDT", timeframe);
  expect(overAll()).toEqual([]);
});

test("unknown turnover leaves the risk unknown, thin turnover makes it high", () => {
  const model = crowdedModel();
  play(model, "4h", 60, (back, draw) => ({
    benchmark: 0.004 * draw(),
    symbol: 0.004 * (draw() + (back < 50 ? 2 : 0)),
  }));
  const again = crowdedModel();
  play(again, "4h", 60, (back, draw) => ({
    benchmark: 0.004 * draw(),
    symbol: 0.004 * (draw() + (back < 50 ? 2 : 0)),
  }));
  expect(judged(model, { turnover: null })[0]?.riskLevel).toBeNull();
  expect(judged(again, { turnover: 1e6 })[0]?.riskLevel).toBe("High");
});

test("findings come ranked, the same in whatever order the symbols came", () => {
  const books = [
    ["A", "B", "C"],
    ["C", "A", "B"],
  ].map((order) => {
    const model = crowdedModel();
    for (const name of order)
      play(
        model,
        "5m",
        260,
        (back, draw) => ({ benchmark: 0, symbol: 0.004 * draw() + (back < 50 ? 0.008 : 0) }),
        name.charCodeAt(0),
        name,
      );
    return model;
  });
  const [one, other] = books.map((model) => judged(model));
  expect(one).toEqual(other ?? []);
  expect(one).toEqual(one?.toSorted(compareFindings) ?? []);
});

function liquid() {
  return { turnover: 1e8, indicators: null };
}

function aModel(): AlphaModel {
  return new AlphaModel({ benchmark: "BTCUSDT", scanIntervalMs: 5 * minute });
}

function waves(count: number, pace: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.sin(index * pace) / 100);
}

/** The first candle opens the series, each return closes another. */
function candlesOf(returns: readonly number[]): Candle[] {
  let close = 100;
  return [0, ...returns].map((change, index) => {
    const open = close;
    close *= Math.exp(change);
    return { at: index * minute, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1 };
  });
}
