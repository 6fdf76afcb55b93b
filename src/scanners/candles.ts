import { setImmediate } from "node:timers/promises";
import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../core/candle";
import { formatCount } from "../core/text";
import type { Board } from "./board";
import type { CandleSeries, CandleShelf, MarketScope, MarketSource } from "./exchange-port";
import { NotYet, type Scanner, type ScanTimes } from "./scheduler";

export interface CandleScanDeps {
  readonly board: Board;
  readonly shelf: CandleShelf;
  readonly now: () => number;
  /** New closed candles of a symbol, oldest first, after they were kept; none where the series is not known: what was kept of it is to be learned. */
  readonly arrived: (symbol: string, timeframe: CandleTimeframe, candles: readonly Candle[]) => void;
  /** Whether what was kept of a series has been learned, or need not be. */
  readonly knows: (symbol: string, timeframe: CandleTimeframe) => boolean;
  /** Candles that were missing between others of a symbol are kept now. */
  readonly filled: (symbol: string, timeframe: CandleTimeframe) => void;
  /** A symbol whose candles could not be had this time. */
  readonly missed: (symbol: string, timeframe: CandleTimeframe, error: unknown) => void;
}

/** Enough of a series that nothing was known of: 50 returns and 200 before, a week of the same hour, 10 and 30 days of beta. */
export const candlesToKnow: Readonly<Record<CandleTimeframe, number>> = { "1m": 400, "5m": 3000, "30m": 1500, "4h": 400 };
/** As many of each length as anything looks back at, and some: older ones are let go of. */
export const candlesKept = 5000;
/** Our clock may run ahead of the exchange's: a candle that closed a moment ago may still be open there. */
const closedForMs = 3000;
const signalsOfMs = 7 * 86_400_000;
const gapsLookBack = 400;
/** Series whose news is kept by one commit: each commit waits for the disk. */
const keptAtOnce = 25;

/** Closed candles of the watched symbols: the most traded, and every one with a signal in the last 7 days. */
export function candleScanner(source: MarketSource, scope: MarketScope, deps: CandleScanDeps, times: () => ScanTimes): Scanner {
  const progress = new Map<string, Progress>();
  return {
    name: `candles:${source.name}`,
    times,
    async scan(signal) {
      const symbols = watchedSymbols(source.name, scope, deps);
      if (symbols.length === 0) throw new NotYet("no market scan has succeeded yet");
      let missed = 0;
      let kept = 0;
      for (const timeframe of candleTimeframes) {
        for (let start = 0; start < symbols.length; start += keptAtOnce) {
          const news: News[] = [];
          try {
            for (const symbol of symbols.slice(start, start + keptAtOnce)) {
              signal.throwIfAborted();
              if (!(await fetchNews(source, { exchange: source.name, symbol, timeframe }, progress, deps, signal, news))) missed++;
            }
          } finally {
            await keep(news, deps);
            kept += news.reduce((sum, { candles }) => sum + candles.length, 0);
          }
        }
      }
      if (missed === symbols.length * candleTimeframes.length) throw new Error("no candle of any symbol could be had");
      return `${formatCount(kept, "new candle")} of ${formatCount(symbols.length, "symbol")}${missed === 0 ? "" : `, ${missed} series could not be had`}`;
    },
  };
}

/** The benchmark first: the others wait for its candles. */
export function watchedSymbols(exchange: string, { quote }: MarketScope, { board, shelf, now }: Pick<CandleScanDeps, "board" | "shelf" | "now">): string[] {
  const listed = board.of(exchange)?.tickers;
  if (!listed) return [];
  const signalled = shelf.symbolsWithSignals(now() - signalsOfMs).filter((symbol) => listed.has(symbol));
  return [...new Set([`BTC${quote}`, ...board.top(exchange).map(({ symbol }) => symbol), ...signalled])].filter((symbol) => listed.has(symbol));
}

/** How far a series is known, and what is missing in it that was not asked for yet: what the exchange does not have it will not have. */
interface Progress {
  newest: number | null;
  gaps: Gap[];
}

interface Gap {
  readonly after: number;
  readonly before: number;
}

/** What came of one series: what was missing in it, and what is new. */
interface News {
  readonly series: CandleSeries;
  readonly candles: readonly Candle[];
  readonly isNew: boolean;
}

/** What is missing since the newest, and what gaps there are; false where it could not be had. */
async function fetchNews(source: MarketSource, series: CandleSeries, progress: Map<string, Progress>, { shelf, now, knows, missed }: CandleScanDeps, signal: AbortSignal, news: News[]): Promise<boolean> {
  const { symbol, timeframe } = series;
  const stepMs = candleMs[timeframe];
  const until = now() - closedForMs;
  // A candle of four hours is long in coming: a series is learned without waiting for one.
  if (!knows(symbol, timeframe)) news.push({ series, candles: [], isNew: true });
  const known = progressOf(series, progress, shelf, until - gapsLookBack * stepMs);
  const since = known.newest === null ? until - candlesToKnow[timeframe] * stepMs : known.newest + stepMs;
  if (since + stepMs > until) return true;
  try {
    for (let gap = known.gaps[0]; gap !== undefined; gap = known.gaps[0]) {
      news.push({ series, candles: await source.candles(symbol, timeframe, { since: gap.after + stepMs, until: gap.before }, signal), isNew: false });
      known.gaps.shift();
    }
    const candles = await source.candles(symbol, timeframe, { since, until }, signal);
    news.push({ series, candles, isNew: true });
    known.gaps.push(...gapsIn([...(known.newest === null ? [] : [known.newest]), ...candles.map(({ at }) => at)], stepMs));
    known.newest = candles.at(-1)?.at ?? known.newest;
    return true;
  } catch (error) {
    if (signal.aborted) throw error;
    missed(symbol, timeframe, error);
    return false;
  }
}

/** What an earlier run of the program left is read once. */
function progressOf(series: CandleSeries, progress: Map<string, Progress>, shelf: CandleShelf, since: number): Progress {
  const key = `${series.symbol} ${series.timeframe}`;
  const known = progress.get(key) ?? { newest: shelf.newest(series), gaps: gapsIn(shelf.times(series, since), candleMs[series.timeframe]) };
  progress.set(key, known);
  return known;
}

/** Where one is followed by another later than it should be. */
function gapsIn(times: readonly number[], stepMs: number): Gap[] {
  return times.flatMap((at, index) => {
    const after = times[index - 1];
    return after !== undefined && at - after > stepMs ? [{ after, before: at }] : [];
  });
}

/** Keeps it, then tells of it, a series at a time: what an earlier run kept of one is thousands of candles. */
async function keep(news: readonly News[], { shelf, arrived, filled }: CandleScanDeps): Promise<void> {
  const some = news.filter(({ candles }) => candles.length > 0);
  if (some.length > 0) shelf.put(some);
  for (const { series, candles, isNew } of news) {
    if (isNew) arrived(series.symbol, series.timeframe, candles);
    else if (candles.length > 0) filled(series.symbol, series.timeframe);
    if (!isNew || candles.length === 0) await setImmediate();
  }
}
