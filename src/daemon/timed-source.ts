import { ExchangeError } from "../exchange/exchange-error";
import type { MarketSource } from "../scanners/exchange-port";
import type { exchangeOutcomes } from "../telemetry/catalogue";

export type OnRequest = (exchange: string, outcome: (typeof exchangeOutcomes)[number], seconds: number) => void;

/** Market data with every question counted and timed. */
export function timedSource(source: MarketSource, elapsed: () => number, onRequest: OnRequest): MarketSource {
  const timed = async <T>(question: () => Promise<T>, signal: AbortSignal): Promise<T> => {
    const startedAt = elapsed();
    const count = (outcome: Parameters<OnRequest>[1]) =>
      onRequest(source.name, outcome, (elapsed() - startedAt) / 1000);
    try {
      const answer = await question();
      count("answered");
      return answer;
    } catch (error) {
      count(error instanceof ExchangeError ? error.code : signal.aborted ? "timeout" : "failed");
      throw error;
    }
  };
  return {
    name: source.name,
    get clockAheadMs() {
      return source.clockAheadMs;
    },
    get listed() {
      return source.listed;
    },
    tickers: (signal) => timed(() => source.tickers(signal), signal),
    candles: (symbol, timeframe, range, signal) =>
      timed(() => source.candles(symbol, timeframe, range, signal), signal),
  };
}
