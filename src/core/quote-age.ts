import { minuteMs } from "./duration";
import { candleMs, type CandleTimeframe } from "./candle";

/** A quote older than this, by its own time, is not the price of now, ms. The one definition of a stale quote. */
export const quoteStaleAfterMs = 5 * minuteMs;

/** How old something is that was so at a time; never below 0. Ms. */
export function ageOf(at: number, now: number): number {
  return Math.max(0, now - at);
}

export function isStaleQuote(at: number, now: number): boolean {
  return ageOf(at, now) > quoteStaleAfterMs;
}

/** The next candle closes one length after the last did: how old the last one's close may be, ms. */
export function candleStaleAfterMs(timeframe: CandleTimeframe): number {
  return candleMs[timeframe] + quoteStaleAfterMs;
}
