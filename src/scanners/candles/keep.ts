import { setImmediate } from "node:timers/promises";
import type { Candle, CandleTimeframe } from "../../core/candle";
import type { CandleCache, CandleRun } from "../exchange-port";

/** What came of one series: what was missing in it or was corrected, and what is new. */
export interface News extends CandleRun {
  readonly isNew: boolean;
}

export interface KeepDeps {
  readonly cache: CandleCache;
  /**
   * New closed candles of a symbol, oldest first, after they were kept; none where the series is not known: what was
   * kept of it is to be learned.
   */
  readonly arrived: (symbol: string, timeframe: CandleTimeframe, candles: readonly Candle[]) => void;
  /**
   * Candles that were missing between others of a symbol, or were kept otherwise, are kept now; the earliest opened at
   * `since`, epoch ms.
   */
  readonly filled: (symbol: string, timeframe: CandleTimeframe, since: number) => void;
}

/** Keeps it, then publishes it, a series at a time: what an earlier run kept of one is thousands of candles. */
export async function keep(news: readonly News[], { cache, arrived, filled }: KeepDeps): Promise<void> {
  const some = news.filter(({ candles }) => candles.length > 0);
  if (some.length > 0) cache.put(some);
  for (const { series, candles, isNew } of news) {
    const [earliest] = candles;
    if (isNew) arrived(series.symbol, series.timeframe, candles);
    else if (earliest !== undefined) filled(series.symbol, series.timeframe, earliest.at);
    if (!isNew || earliest === undefined) await setImmediate();
  }
}
