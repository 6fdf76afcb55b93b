import { expect, test } from "bun:test";
import { calm, markets, SimulatedMarket, type Habits } from "./simulated-market";

/** A short slice of `npm run bench -- alpha-honesty`: few days, to notice a change for the worse. */
const everything = markets["all together, t(4)"] ?? calm;
const clusters = { ...calm, tails: 4, garch: true, linked: true };

test.each([
  ["everything a market does by itself", everything, 50, 7.5, 1],
  ["clusters of volatility with fat tails", clusters, 100, 0.75, 2],
] as const)(
  "nothing is found in %s",
  (_, habits: Habits, symbols, learned, watched) => {
    const market = new SimulatedMarket({ seed: 5, symbols, habits });
    market.learn(learned);
    expect(
      market
        .watch(watched)
        .map(({ symbol, pattern, timeframe }) => `${symbol} ${pattern} ${timeframe}`)
        .slice(watched),
    ).toEqual([]);
  },
  60_000,
);

const plantOf = (symbol: number) => ({
  fromMinute: 2 * 1440 + ((symbol * 37) % 150),
  minutes: 250,
  deviations: symbol % 2 === 0 ? 0.4 : 0.5,
});

test("a drift of a symbol's own is found: .4 deviations a minute in 44 of 59, .5 in 52", () => {
  const market = new SimulatedMarket({ seed: 2, symbols: 100, habits: { ...calm, tails: 4 }, plantOf });
  market.learn(2);
  const found = [...new Set(market.watch(0.3).map(({ symbol }) => Number(symbol.replace(/\D/g, ""))))];
  expect(found.filter((symbol) => symbol % 2 === 0).length).toBeGreaterThanOrEqual((44 / 59) * 50);
  expect(found.filter((symbol) => symbol % 2 === 1).length).toBeGreaterThanOrEqual((52 / 59) * 50);
}, 60_000);
