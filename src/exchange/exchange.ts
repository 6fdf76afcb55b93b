import type { Candle, CandleTimeframe } from "../core/candle";
import type { Ticker } from "../core/ticker";

/**
 * Market data of one exchange. Symbols are canonical: BTCUSDT.
 * Every call keeps to the exchange's rate limit, ends when its signal is aborted (with the signal's reason),
 * and otherwise fails only with an ExchangeError.
 */
export interface Exchange {
  /** As the config names it. */
  readonly name: string;
  /**
   * Every pair now trading that could be read, of any quote, by one request; when each was so by our clock.
   * What could not be read is left out.
   */
  tickers(signal: AbortSignal): Promise<readonly Ticker[]>;
  /**
   * Candles that opened at `since` or later and had closed by `until` (epoch ms of the exchange's clock), oldest first, each once.
   * A minute the exchange does not have is a gap, never filled in.
   */
  candles(
    symbol: string,
    timeframe: CandleTimeframe,
    range: CandleRange,
    signal: AbortSignal,
  ): Promise<readonly Candle[]>;
  /**
   * How far our clock is ahead of the exchange's, ms, below 0 where it is behind; 0 where they agree within 2 s, null
   * where it is not known.
   */
  readonly clockAheadMs: number | null;
  /** Pairs it lists as trading and quotes; null before they were read, and where that is not known. */
  readonly listed: number | null;
}

/** Epoch ms. */
export interface CandleRange {
  readonly since: number;
  readonly until: number;
}
