import { dayMs, hourMs } from "../core/duration";
import type { Candle } from "../core/candle";
import type { MarketFinding } from "../core/overview/market-finding";
import { logReturnsOf } from "../core/overview/statistics";
import { volatilityJump, volatilityJumpLimits } from "../core/overview/volatility-jump";
import { volumeSpike, volumeSpikeLimits } from "../core/overview/volume-spike";

const halfHoursADay = 48;

/** Half-hour candles it takes to know an hour's past. */
export const surgeCandles = (volumeSpikeLimits.days + 1) * halfHoursADay + 2;

/**
 * Unusual turnover of the hour just ended, and moves larger than before, from half-hour candles, oldest first; as it
 * was when each of the last `news` closed.
 */
export function surgesOf(exchange: string, symbol: string, candles: readonly Candle[], news = 1): MarketFinding[] {
  return Array.from({ length: Math.min(news, candles.length) }, (_, index) => candles.length - index)
    .toReversed()
    .flatMap((end) => surgesAtEnd(exchange, symbol, candles.slice(Math.max(0, end - surgeCandles), end)));
}

function surgesAtEnd(exchange: string, symbol: string, candles: readonly Candle[]): MarketFinding[] {
  const last = candles.at(-1);
  if (!last) return [];
  const observedAt = last.at + hourMs / 2;
  return [hourSpike(exchange, symbol, candles, last, observedAt), jump(exchange, symbol, candles, observedAt)].filter(
    (finding) => finding !== null,
  );
}

function hourSpike(
  exchange: string,
  symbol: string,
  candles: readonly Candle[],
  last: Candle,
  observedAt: number,
): MarketFinding | null {
  // Only a whole hour is held against whole hours.
  if (observedAt % hourMs !== 0) return null;
  const byTime = new Map(candles.map((candle) => [candle.at, candle]));
  const turnoverEnding = (at: number): number | null => {
    const halves = [byTime.get(at - hourMs), byTime.get(at - hourMs / 2)];
    return halves[0] && halves[1] ? halves.reduce((sum, half) => sum + (half ? half.volume * half.close : 0), 0) : null;
  };
  const turnover = turnoverEnding(last.at + hourMs / 2);
  if (turnover === null) return null;
  const sameHourBefore = Array.from({ length: volumeSpikeLimits.days }, (_, day) =>
    turnoverEnding(observedAt - (day + 1) * dayMs),
  ).filter((each) => each !== null);
  return volumeSpike({ symbol, exchange, turnover, sameHourBefore, observedAt });
}

function jump(exchange: string, symbol: string, candles: readonly Candle[], observedAt: number): MarketFinding | null {
  const { recentReturns, returnsBefore } = volatilityJumpLimits;
  const returns = logReturnsOf(candles.slice(-(recentReturns + returnsBefore + 1)).map(({ close }) => close));
  if (returns === null || returns.length < recentReturns + returnsBefore) return null;
  return volatilityJump({
    symbol,
    exchange,
    recent: returns.slice(-recentReturns),
    before: returns.slice(0, -recentReturns),
    observedAt,
  });
}
