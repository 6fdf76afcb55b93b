import type { CandlesShape } from "../../src/views/candles";

export type CandleTimeframe = CandlesShape["timeframe"];
export type Candle = CandlesShape["items"][number];

/** Length of a candle, seconds. */
export const candleSeconds: Readonly<Record<CandleTimeframe, number>> = {
  "1m": 60,
  "5m": 300,
  "30m": 1800,
  "4h": 14_400,
};

export const candleTimeframes = Object.keys(candleSeconds) as readonly CandleTimeframe[];

/** A break longer than this stays one mark wide rather than push what is known off the chart. */
const longestGap = 500;

/** Candles with empty places where some are missing, so that a gap is seen as one. Times in epoch seconds. */
export function withGaps(
  candles: readonly Candle[],
  seconds: number,
): { readonly time: number; readonly candle: Candle | null }[] {
  const places: { time: number; candle: Candle | null }[] = [];
  for (const candle of candles) {
    const time = Date.parse(candle.at) / 1000;
    const before = places.at(-1)?.time ?? time;
    for (let missing = before + seconds, n = 0; missing < time && n < longestGap; missing += seconds, n++)
      places.push({ time: missing, candle: null });
    places.push({ time, candle });
  }
  return places;
}

/**
 * The candle a moment fell into, by its opening time in epoch seconds; null before the first. A moment after the last
 * closed one is put on it.
 */
export function openingOf(at: string, candles: readonly Pick<Candle, "at">[], seconds: number): number | null {
  const first = candles[0];
  const last = candles.at(-1);
  if (first === undefined || last === undefined) return null;
  const moment = Math.floor(Date.parse(at) / 1000 / seconds) * seconds;
  if (moment < Date.parse(first.at) / 1000) return null;
  return Math.min(moment, Date.parse(last.at) / 1000);
}
