import { expect, test } from "bun:test";
import { AlphaModel } from "../../src/core/alpha/model";
import { Episodes } from "../../src/core/alpha/episodes";
import type { Finding } from "../../src/core/alpha/finding";
import type { ScanObserved, Unsequenced } from "../../src/core/observation";
import type { Candle } from "../../src/core/candle";
import { alphaScanner } from "../../src/scanners/alpha";
import { QuoteCache } from "../../src/scanners/quote-cache";
import { seededRandom } from "../support/random";

/** The same market gives the same confidence, however long the program has run and whatever it watched before. */

const stepMs = 5 * 60_000;
const now = 260 * stepMs;

function candles(returns: readonly number[]): Candle[] {
  let close = 100;
  return returns.map((change, index) => {
    const open = close;
    close *= Math.exp(change);
    return { at: index * stepMs, open, high: Math.max(open, close), low: Math.min(open, close), close, volume: 1 };
  });
}

/** A benchmark that goes nowhere, and a symbol that breaks out of it. */
function market(): { benchmark: Candle[]; symbol: Candle[] } {
  const random = seededRandom(7);
  const noise = () => random.next() - 0.5;
  return {
    benchmark: candles(Array.from({ length: 260 }, () => 0.002 * noise())),
    symbol: candles(Array.from({ length: 260 }, (_, index) => 0.004 * noise() + (index >= 210 ? 0.0009 : 0))),
  };
}

/** What one scan finds; `before` is what was watched once and is no longer. */
async function scan(
  before: readonly string[],
  watched: readonly string[],
): Promise<{ found: readonly Finding[]; forgotten: string[] }> {
  const model = new AlphaModel({ benchmark: "BTCUSDT", scanIntervalMs: stepMs });
  const { benchmark, symbol } = market();
  model.take("BTCUSDT", "5m", benchmark);
  for (const name of ["ALTUSDT", ...before]) model.take(name, "5m", symbol);
  const found: Unsequenced<ScanObserved>[] = [];
  const forgotten: string[] = [];
  const quoteCache = new QuoteCache();
  quoteCache.put({
    exchange: "one",
    scope: { quote: "USDT", minTurnover: 0, top: 10, takerFee: 0 },
    tickers: new Map(),
    view: {} as never,
    at: now,
    quotedAt: now,
  });
  const scanner = alphaScanner(
    "one",
    {
      model,
      quoteCache,
      now: () => now,
      clockAheadMs: () => 0,
      indicatorsOf: () => null,
      scanIntervalMs: () => stepMs,
      watched: () => watched,
      forgotten: (name) => forgotten.push(name),
      episodes: new Episodes(),
      keepEpisodes: () => {},
      keepBetas: () => {},
      submit: async (each) => found.push(each) > 0,
    },
    () => ({ intervalMs: stepMs, timeoutMs: stepMs }),
  );
  await scanner.scan(new AbortController().signal);
  return { found: found.flatMap(({ opportunities }) => opportunities) as Finding[], forgotten };
}

test("what was watched once and is no longer is forgotten, and makes no finding and no test", async () => {
  const fresh = await scan([], ["ALTUSDT"]);
  const long = await scan(
    Array.from({ length: 40 }, (_, index) => `OLD${index}USDT`),
    ["ALTUSDT"],
  );
  expect(fresh.found.length).toBeGreaterThan(0);
  expect(long.found).toEqual(fresh.found);
  expect(long.forgotten).toHaveLength(40);
});

const confidences = (findings: readonly Finding[]) =>
  findings.filter(({ symbol }) => symbol === "ALTUSDT").map(({ pattern, confidence }) => [pattern, confidence]);

test("what is watched counts, whether it has been learned yet or not", async () => {
  const others = Array.from({ length: 40 }, (_, index) => `NEW${index}USDT`);
  const [early, late] = [await scan([], ["ALTUSDT", ...others]), await scan(others, ["ALTUSDT", ...others])];
  expect(confidences(early.found)).toEqual(confidences(late.found));
});

test("a confidence given under another number of tests is not kept", () => {
  const model = new AlphaModel({ benchmark: "BTCUSDT", scanIntervalMs: stepMs });
  const { benchmark, symbol } = market();
  model.take("BTCUSDT", "5m", benchmark);
  model.take("ALTUSDT", "5m", symbol);
  const judge = (watched: readonly string[]) =>
    model.judge(now, () => ({ turnover: 1e8, indicators: null }), { watched }).map(({ confidence }) => confidence);
  const few = judge(["ALTUSDT"]);
  const many = judge(Array.from({ length: 41 }, (_, index) => `A${index}`));
  expect(many).not.toEqual(few);
  expect(judge(["ALTUSDT"])).toEqual(few);
});
