import type { CandleTimeframe } from "../candle";

/** What a pattern has to reach on a timeframe, as the method is usually run. */
export interface Thresholds {
  /** 0 to 1. */
  readonly confidence: number;
  /** Excess return over the window, as a fraction. */
  readonly alpha: number;
  /** Beta from its usual value. */
  readonly beta: number;
  /** Fall of a correlation. */
  readonly correlation: number;
}

export const thresholds: Readonly<Record<CandleTimeframe, Thresholds>> = {
  "1m": { confidence: 0.85, alpha: 0.02, beta: 0.2, correlation: 0.15 },
  "5m": { confidence: 0.8, alpha: 0.025, beta: 0.25, correlation: 0.2 },
  "30m": { confidence: 0.75, alpha: 0.03, beta: 0.25, correlation: 0.25 },
  "4h": { confidence: 0.7, alpha: 0.04, beta: 0.3, correlation: 0.3 },
};

/** A finding over all timeframes is held to the strictest. */
export const confidenceOverall = 0.85;
