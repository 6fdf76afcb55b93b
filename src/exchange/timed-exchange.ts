import type { Exchange } from "./exchange";
import { ExchangeError, type ExchangeErrorCode } from "./exchange-error";

/** Called for each request: how it ended, and how long it took in seconds. */
export type OnRequest = (
  exchange: string,
  outcome: ExchangeErrorCode | "answered" | "timeout" | "failed",
  seconds: number,
) => void;

/** An exchange with every request counted and timed. */
export function timedExchange(exchange: Exchange, elapsed: () => number, onRequest: OnRequest): Exchange {
  const timed = async <T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    const startedAt = elapsed();
    const count = (outcome: Parameters<OnRequest>[1]) =>
      onRequest(exchange.name, outcome, (elapsed() - startedAt) / 1000);
    try {
      const answer = await request();
      count("answered");
      return answer;
    } catch (error) {
      count(error instanceof ExchangeError ? error.code : signal.aborted ? "timeout" : "failed");
      throw error;
    }
  };
  return {
    name: exchange.name,
    get clockAheadMs() {
      return exchange.clockAheadMs;
    },
    get listed() {
      return exchange.listed;
    },
    tickers: (signal) => timed(() => exchange.tickers(signal), signal),
    candles: (symbol, timeframe, range, signal) =>
      timed(() => exchange.candles(symbol, timeframe, range, signal), signal),
  };
}
