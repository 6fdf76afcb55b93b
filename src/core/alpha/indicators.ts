/** What the candle patterns take from an indicator library, which core does not import. Null until there are enough candles. */
export interface Indicators {
  /** Average true range over 14 candles, in price. */
  readonly atr: number | null;
  /** Relative strength index over 14 candles, 0 to 100. */
  readonly rsi: number | null;
  /** The lowest RSI of the last 20 candles. */
  readonly rsiLowest: number | null;
}
