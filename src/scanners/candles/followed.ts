import { setImmediate } from "node:timers/promises";
import { candleMs, type Candle, type CandleTimeframe } from "../../core/candle";
import type { CandleCache, CandleSeries } from "../exchange-port";

/** Enough of a series that nothing was known of: 50 returns and 200 before, a week of the same hour, 10 and 30 days of beta. */
export const candlesToKnow: Readonly<Record<CandleTimeframe, number>> = {
  "1m": 400,
  "5m": 3000,
  "30m": 1500,
  "4h": 400,
};
const gapsWindow = 400;
/** So many of the newest are requested again: an exchange may correct what it said of a closed candle. */
const retriesMax = 3;
const readAtOnce = 25;

/** How far a series is known, and what is missing in it that was not requested yet: what the exchange does not have it will not have. */
interface Progress {
  newest: number | null;
  /** The newest as they are kept, oldest first. */
  tail: readonly Candle[];
  gaps: Gap[];
  /** The scan that requested it last; 0 before the first. */
  requestedIn: number;
  /** Its first candles came, or the exchange has none. */
  isFilled: boolean;
}

interface Gap {
  readonly after: number;
  readonly before: number;
}

/** How far each series is known, by symbol, then by the length of its candles. */
export type Model = Map<string, Map<CandleTimeframe, Progress>>;

/** A series that is watched, and how far it is known. */
export interface Followed {
  readonly series: CandleSeries;
  readonly symbol: string;
  readonly timeframe: CandleTimeframe;
  readonly progress: Progress;
}

/** What an earlier run left of hundreds of series is much to read at once: others have their turn between. */
export async function followAll(
  series: readonly CandleSeries[],
  model: Model,
  cache: CandleCache,
  until: number,
): Promise<Followed[]> {
  const all: Followed[] = [];
  let read = 0;
  for (const each of series) {
    if (model.get(each.symbol)?.get(each.timeframe) === undefined && ++read % readAtOnce === 0) await setImmediate();
    all.push(followed(each, model, cache, until));
  }
  return all;
}

/** What an earlier run of the program left is read once. */
function followed(series: CandleSeries, model: Model, cache: CandleCache, until: number): Followed {
  const { symbol, timeframe } = series;
  const ofSymbol = model.get(symbol) ?? new Map<CandleTimeframe, Progress>();
  model.set(symbol, ofSymbol);
  let progress = ofSymbol.get(timeframe);
  if (progress === undefined) {
    const newest = cache.newest(series);
    progress = {
      newest,
      tail: newest === null ? [] : cache.last(series, retriesMax),
      gaps: gapsIn(cache.times(series, until - gapsWindow * candleMs[timeframe]), candleMs[timeframe]),
      requestedIn: 0,
      isFilled: newest !== null,
    };
    ofSymbol.set(timeframe, progress);
  }
  return { series, symbol, timeframe, progress };
}

/** What is watched no longer is forgotten; watched again, it is read anew from what is kept. Answers with their symbols. */
export function forgetOthers(model: Model, symbols: readonly string[]): string[] {
  const watched = new Set(symbols);
  const gone = [...model.keys()].filter((symbol) => !watched.has(symbol));
  for (const symbol of gone) model.delete(symbol);
  return gone;
}

/** When the first candle that is not known opens, epoch ms. */
export function sinceOf({ timeframe, progress: { newest } }: Followed, until: number): number {
  return newest === null ? until - candlesToKnow[timeframe] * candleMs[timeframe] : newest + candleMs[timeframe];
}

/** Whether a candle has closed that is not known. */
export function isDue(series: Followed, until: number): boolean {
  return sinceOf(series, until) + candleMs[series.timeframe] <= until;
}

/** New candles came, oldest first, or none, and some of the newest were corrected. */
export function advance(
  { timeframe, progress }: Followed,
  candles: readonly Candle[],
  corrected: readonly Candle[],
): void {
  const { newest, tail, gaps } = progress;
  gaps.push(...gapsIn([...(newest === null ? [] : [newest]), ...candles.map(({ at }) => at)], candleMs[timeframe]));
  const now = new Map(corrected.map((candle) => [candle.at, candle]));
  progress.tail = [...tail.map((candle) => now.get(candle.at) ?? candle), ...candles].slice(-retriesMax);
  progress.newest = candles.at(-1)?.at ?? newest;
  progress.isFilled = true;
}

/** Where one is followed by another later than it should be. */
function gapsIn(times: readonly number[], stepMs: number): Gap[] {
  return times.flatMap((at, index) => {
    const after = times[index - 1];
    return after !== undefined && at - after > stepMs ? [{ after, before: at }] : [];
  });
}
