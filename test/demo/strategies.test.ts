import { dayMs } from "../../src/core/duration";
import { expect, test } from "bun:test";
import { SimulatedMarket } from "../../src/exchange/simulated/market";
import { strategies, writingsOf, type Strategy } from "../../src/demo/strategies";

const since = Date.UTC(2026, 0, 5);

/** How often the price went the way its signals said, over its own horizon. */
function hitRate(strategy: Strategy, market: SimulatedMarket, days: number): { hits: number; n: number } {
  let hits = 0;
  let n = 0;
  for (const { at, text } of writingsOf(strategy, market, since, since + days * dayMs).filter(({ text: body }) =>
    body.endsWith("}"),
  )) {
    const { symbol, signal_type: way } = JSON.parse(text) as { symbol: string; signal_type: "LONG" | "SHORT" };
    const then = market.priceAt(symbol, at);
    const later = market.priceAt(symbol, at + strategy.horizonMs);
    if (then === null || later === null || later === then) continue;
    n += 1;
    if (later > then === (way === "LONG")) hits += 1;
  }
  return { hits, n };
}

test("each strategy is as right about the prices to come as it is said to be, and they differ", () => {
  const market = new SimulatedMarket({ seed: "skill" });
  const rates = strategies.map((strategy) => {
    const { hits, n } = hitRate(strategy, market, 14);
    const error = Math.sqrt((strategy.right * (1 - strategy.right)) / n);
    expect(n).toBeGreaterThan(300);
    expect(Math.abs(hits / n - strategy.right)).toBeLessThan(3.5 * error);
    return { rate: hits / n, error };
  });
  expect(rates[0]!.rate).toBeGreaterThan(rates[2]!.rate + 2 * rates[2]!.error);
}, 60_000);

test("writers differ: twins under two names, a broken file now and then", () => {
  const market = new SimulatedMarket({ seed: "1" });
  const written = strategies.map((strategy) => writingsOf(strategy, market, since, since + 4 * dayMs));
  expect(new Set(written[0]!.map(({ text }) => text)).size).toBeLessThan(written[0]!.length * 0.6);
  expect(written.flat().filter(({ text }) => !text.endsWith("}")).length).toBeGreaterThan(5);
  expect(strategies.some(({ atomic }) => !atomic)).toBe(true);
});
