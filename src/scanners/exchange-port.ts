import type { Candle, CandleTimeframe } from "../core/candle";
import type { Ticker } from "../core/ticker";

/** Where market data comes from, as the scanners need to know it. Symbols are canonical. */
export interface MarketSource {
  readonly name: string;
  /** How far our clock is ahead of the exchange's, ms, below 0 where it is behind; 0 where they agree, null where it is not known. */
  readonly clockAheadMs: number | null;
  /** Pairs it lists as trading; null where that is not known. */
  readonly listed: number | null;
  tickers(signal: AbortSignal): Promise<readonly Ticker[]>;
  /** Closed candles, oldest first; times are the exchange's. */
  candles(
    symbol: string,
    timeframe: CandleTimeframe,
    range: { readonly since: number; readonly until: number },
    signal: AbortSignal,
  ): Promise<readonly Candle[]>;
}

/** What of an exchange is watched. */
export interface MarketScope {
  /** USDT */
  readonly quote: string;
  readonly minTurnover: number;
  /** How many symbols by turnover. */
  readonly top: number;
  /** Taker fee, ratio. */
  readonly takerFee: number;
}

/** Where candles are kept. */
export interface CandleCache {
  /** All of them by one commit. */
  put(runs: readonly CandleRun[]): void;
  newest(series: CandleSeries): number | null;
  last(series: CandleSeries, max: number, before?: number): Candle[];
  /** When each since a time opened, oldest first. */
  times(series: CandleSeries, since: number): number[];
  symbolsWithSignals(since: number): string[];
}

/** Some of a series, oldest first; of those that were kept otherwise, what they said before and when that was noticed. */
export interface CandleRun {
  readonly series: CandleSeries;
  readonly candles: readonly Candle[];
  readonly revised?: { readonly at: number; readonly were: readonly Candle[] } | undefined;
}

export interface CandleSeries {
  readonly exchange: string;
  readonly symbol: string;
  readonly timeframe: CandleTimeframe;
}
