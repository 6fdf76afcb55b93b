import type { ExchangeConfig } from "./config";
import type { Exchange } from "./exchange";
import { openExchange, type OpenOptions } from "./open";

/** An exchange that is opened by its first request, so that the start does not wait for it; until then nothing is known of it. */
export function lazyExchange(config: ExchangeConfig, options: OpenOptions): Exchange {
  let opening: Promise<Exchange> | null = null;
  let opened: Exchange | null = null;
  const open = () => {
    // One that could not be opened is opened anew by the next scan.
    opening ??= openExchange(config, options).then(
      (exchange) => (opened = exchange),
      (error: unknown) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  };
  return {
    name: config.name,
    get clockAheadMs() {
      return opened?.clockAheadMs ?? null;
    },
    get listed() {
      return opened?.listed ?? null;
    },
    tickers: async (signal) => (await open()).tickers(signal),
    candles: async (symbol, timeframe, range, signal) => (await open()).candles(symbol, timeframe, range, signal),
  };
}
