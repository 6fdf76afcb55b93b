import type { Candle, CandleTimeframe } from "../candle";
import type { Finding } from "./finding";
import type { Indicators } from "./indicators";
import type { Regression } from "./regression";

export interface AlphaOptions {
  /** What all others are measured against: BTCUSDT. */
  readonly benchmark: string;
  /** How often `judge` is called; counts the tests made a day. */
  readonly scanIntervalMs: number;
}

/** What the candles do not tell. Null where unknown. */
export interface SymbolFacts {
  /** Over 24 h, in quote currency. */
  readonly turnover: number | null;
  readonly indicators: Indicators | null;
}

/** What a symbol page shows beside the candles; null where there are fewer than 50 joined returns. */
export interface SymbolStatistics {
  readonly recent: Regression;
  /** Over the 200 returns before the recent ones. */
  readonly before: Regression | null;
  /** Median beta of 30 days, the recent window left out. */
  readonly medianBeta: number | null;
}

export declare class AlphaBook {
  constructor(options: AlphaOptions);
  /** Takes closed candles, oldest first; known ones are ignored. A symbol's candles wait for the benchmark's. */
  take(symbol: string, timeframe: CandleTimeframe, candles: readonly Candle[]): void;
  /** Start of the newest candle taken, epoch ms. */
  newestAt(symbol: string, timeframe: CandleTimeframe): number | null;
  forget(symbol: string): void;
  /** Everything that stands at `now`, ranked; only series with new candles are looked at again. */
  judge(now: number, factsOf: (symbol: string, timeframe: CandleTimeframe) => SymbolFacts): Finding[];
  statistics(symbol: string, timeframe: CandleTimeframe): SymbolStatistics | null;
}
