import { dayMs } from "../../core/duration";
import type { CandleCache, MarketScope } from "../exchange-port";
import type { QuoteCache } from "../quote-cache";

const signalsOfMs = 7 * dayMs;

/** What the other symbols of a quote currency are measured against. */
export function benchmarkOf({ quote }: Pick<MarketScope, "quote">): string {
  return `BTC${quote}`;
}

/** The most traded, and every one with a signal in the last 7 days. The benchmark first: the others wait for its candles. */
export function watchedSymbols(
  exchange: string,
  scope: MarketScope,
  {
    quoteCache,
    cache,
    now,
  }: { readonly quoteCache: QuoteCache; readonly cache: CandleCache; readonly now: () => number },
): string[] {
  const listed = quoteCache.of(exchange)?.tickers;
  if (!listed) return [];
  const signalled = cache.symbolsWithSignals(now() - signalsOfMs).filter((symbol) => listed.has(symbol));
  const traded = quoteCache.top(exchange).map(({ symbol }) => symbol);
  return [...new Set([benchmarkOf(scope), ...traded, ...signalled])].filter((symbol) => listed.has(symbol));
}
