import { expect, test } from "bun:test";
import type { Regime } from "../../src/core/market";
import type { Ticker } from "../../src/core/ticker";
import { QuoteCache } from "../../src/scanners/quote-cache";
import { CoinNames } from "../../src/scanners/coin-names";
import type { CandleCache } from "../../src/scanners/exchange-port";
import { marketScanner } from "../../src/scanners/market";

/** That the market turned is reported by a daemon that was restarted meanwhile as by one that ran on. */

const scope = { quote: "USDT", minTurnover: 0, top: 10, takerFee: 0 };
const cache: CandleCache = {
  put: () => {},
  newest: () => null,
  last: () => [],
  times: () => [],
  symbolsWithSignals: () => [],
};
const signal = new AbortController().signal;
const times = () => ({ intervalMs: 60_000, timeoutMs: 60_000 });

function tickers(change: number): Ticker[] {
  return ["BTC", "ETH", "SOL"].map((base) => ({
    symbol: `${base}USDT`,
    quote: "USDT",
    market: "spot",
    last: 1,
    bid: 1,
    ask: 1,
    change,
    turnover: 1e9,
    fundingRate: null,
    fundingHours: null,
    openInterest: null,
    at: 0,
  }));
}

/** What each market made it say; restarted: a new board before each look. */
async function changesSeen(changes: readonly number[], restarted: boolean): Promise<string[]> {
  const messages: string[] = [];
  let kept: Regime | null = null;
  let quoteCache = new QuoteCache();
  for (const change of changes) {
    if (restarted) quoteCache = new QuoteCache();
    const source = {
      name: "one",
      clockAheadMs: 0,
      listed: null,
      tickers: async () => tickers(change),
      candles: async () => [],
    };
    const submit: Parameters<typeof marketScanner>[2]["submit"] = async ({ market, findings }) => {
      kept = market?.regime ?? null;
      messages.push(...findings.map(({ message }) => message));
      return true;
    };
    const before = kept;
    await marketScanner(
      source,
      scope,
      {
        quoteCache,
        cache,
        now: () => 0,
        submit,
        coinNames: new CoinNames(),
        doubted: (text) => messages.push(text),
        regimeBefore: () => before,
        clockRead: () => undefined,
      },
      times,
    ).scan(signal);
  }
  return messages;
}

test("a turn is reported over a restart too, and a value within the wider bands turns nothing", async () => {
  const changes = [0.1, 5, 1.7, -5];
  const ranOn = await changesSeen(changes, false);
  expect(ranOn).toEqual(["The market is BULLISH, it was NEUTRAL", "The market is BEARISH, it was BULLISH"]);
  expect(await changesSeen(changes, true)).toEqual(ranOn);
});
