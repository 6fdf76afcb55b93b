import { expect, test } from "bun:test";
import { ShuffledMarket } from "./shuffled-market";

/** 250 days of the first brought 9 and 150 of the second 1 when this was written; these few are to notice a change for the worse. */
test.each([
  ["keeps-beta", 8, 2],
  ["keeps-nothing", 1, 2],
] as const)("a shuffled market that %s, learned for %i days and watched for %i, brings at most one opportunity a day", (shuffle, learned, watched) => {
  const market = new ShuffledMarket({ seed: 5, symbols: 100, shuffle, scanMinutes: 5 });
  market.learn(learned);
  expect(market.watch(watched).length).toBeLessThanOrEqual(watched);
}, 40_000);
