import { dayMs } from "../core/duration";
import { setImmediate } from "node:timers/promises";
import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../core/candle";
import { formatCount, formatDuration } from "../core/text";
import type { QuoteCache } from "./quote-cache";
import { RunResults, isUnknownSymbol } from "./candles/run-results";
import { sideBySide } from "./candles/side-by-side";
import { rotate } from "./candles/rotation";
import type { CandleRun, CandleSeries, CandleCache, MarketScope, MarketSource } from "./exchange-port";
import { NotYet, type Filling, type Scanner, type ScanTimes } from "./scheduler";

export interface CandleScanDeps {
  readonly quoteCache: QuoteCache;
  readonly cache: CandleCache;
  readonly now: () => number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /**
   * New closed candles of a symbol, oldest first, after they were kept; none where the series is not known: what was
   * kept of it is to be learned.
   */
  readonly arrived: (symbol: string, timeframe: CandleTimeframe, candles: readonly Candle[]) => void;
  /** Whether what was kept of a series has been learned, or need not be. */
  readonly knows: (symbol: string, timeframe: CandleTimeframe) => boolean;
  /**
   * Candles that were missing between others of a symbol, or were kept otherwise, are kept now; the earliest opened at
   * `since`, epoch ms.
   */
  readonly filled: (symbol: string, timeframe: CandleTimeframe, since: number) => void;
  /** So many closed candles were corrected. */
  readonly revised: (symbol: string, timeframe: CandleTimeframe, count: number) => void;
  /** A symbol that is watched no longer. */
  readonly forgotten: (symbol: string) => void;
  /** A symbol whose candles could not be had this time. */
  readonly missed: (symbol: string, timeframe: CandleTimeframe, error: unknown) => void;
}

/** Enough of a series that nothing was known of: 50 returns and 200 before, a week of the same hour, 10 and 30 days of beta. */
export const candlesToKnow: Readonly<Record<CandleTimeframe, number>> = {
  "1m": 400,
  "5m": 3000,
  "30m": 1500,
  "4h": 400,
};
/** As many of each length as anything looks back at, and some: older ones are let go of. */
export const candlesKept = 5000;
/** Clocks are compared to 2 s: a candle that closed a moment ago may still be open there. */
const closedForMs = 3000;
const signalsOfMs = 7 * dayMs;
const gapsWindow = 400;
/** Series whose news is kept by one commit: each commit waits for the disk. */
const keptAtOnce = 25;
/** Requests under way at one time: one after the other, five hundred would take longer than a minute. */
const requestsAtOnce = 5;
/** So many of the newest are requested again: an exchange may correct what it said of a closed candle. */
const retriesMax = 3;
/** How much of its interval a scan may take: what is left over is room for the next. */
const shareOfInterval = 0.8;

/** Closed candles of the watched symbols: the most traded, and every one with a signal in the last 7 days. */
export function candleScanner(
  source: MarketSource,
  scope: MarketScope,
  deps: CandleScanDeps,
  times: () => ScanTimes,
): Scanner {
  const model: Model = new Map();
  let scans = 0;
  /** Symbols of which a scan had all that was due, the last time there were too many. */
  let fits = Infinity;
  let filling: Filling | null = null;
  let hasFilled = false;
  return {
    name: `candles:${source.name}`,
    times,
    filling: () => filling,
    async scan(signal) {
      const symbols = watchedSymbols(source.name, scope, deps);
      if (symbols.length === 0) throw new NotYet("no market scan has succeeded yet");
      const { intervalMs, timeoutMs } = times();
      const endsAt = deps.elapsed() + shareOfInterval * Math.min(intervalMs, timeoutMs);
      const scan = ++scans;
      for (const symbol of forgetOthers(model, symbols)) deps.forgotten(symbol);
      const until = deps.now() - (source.clockAheadMs ?? 0) - closedForMs;
      const all = await followAll(
        candleTimeframes.flatMap((timeframe) =>
          symbols.map((symbol) => ({ exchange: source.name, symbol, timeframe })),
        ),
        model,
        deps.cache,
        until,
      );
      const due = all.filter((each) => isDue(each, until));
      const reportingProgress = () => {
        const done = all.filter(({ progress }) => progress.isFilled).length;
        hasFilled ||= done === all.length;
        filling = hasFilled ? null : { done, total: all.length };
      };
      reportingProgress();
      const results = new RunResults();
      let kept = 0;
      // One that is not due may still have to be learned: a candle of four hours is long in coming.
      const work = rotate(
        all.filter((each) => isDue(each, until) || !deps.knows(each.symbol, each.timeframe)).map(withTurn),
        symbols,
        fits,
      );
      for (
        let start = 0, size: number = candleTimeframes.length;
        start < work.length && deps.elapsed() < endsAt;
        start += size, size = keptAtOnce
      ) {
        const some = work.slice(start, start + size);
        const news = some.map((): News[] => []);
        try {
          await sideBySide(some, requestsAtOnce, async (each, index) => {
            signal.throwIfAborted();
            const found = news[index] ?? [];
            if (!deps.knows(each.symbol, each.timeframe)) found.push({ series: each.series, candles: [], isNew: true });
            if (!isDue(each, until) || results.isOver) return;
            each.progress.requestedIn = scan;
            await requestOf(each, { source, deps, until, signal, results, found });
          });
        } finally {
          await keep(news.flat(), deps);
          kept += news.flat().reduce((sum, { candles }) => sum + candles.length, 0);
          reportingProgress();
        }
      }
      const left = results.isOver ? 0 : due.length - results.requested;
      fits = left === 0 ? Infinity : Math.floor((symbols.length * results.requested) / due.length);
      const seen = results.seen(`${formatCount(kept, "new candle")} of ${formatCount(symbols.length, "symbol")}`, {
        due: due.length,
        symbols: symbols.length,
        knowsAny: all.some(({ progress }) => progress.newest !== null),
      });
      return { ...seen, note: noteOn({ filling, left, fits, symbols: symbols.length, intervalMs }) };
    },
  };
}

/** What there is to know of a scan that did not come to everybody. */
function noteOn({
  filling,
  left,
  fits,
  symbols,
  intervalMs,
}: {
  readonly filling: Filling | null;
  readonly left: number;
  readonly fits: number;
  readonly symbols: number;
  readonly intervalMs: number;
}): string | null {
  if (filling !== null) return `first fill: ${filling.done} of ${filling.total} series`;
  if (left === 0) return null;
  return `${formatDuration(intervalMs)} fit about ${fits} of ${symbols} symbols: the most traded come every time, the others by turns`;
}

/** The benchmark first: the others wait for its candles. */
export function watchedSymbols(
  exchange: string,
  { quote }: MarketScope,
  { quoteCache, cache, now }: Pick<CandleScanDeps, "quoteCache" | "cache" | "now">,
): string[] {
  const listed = quoteCache.of(exchange)?.tickers;
  if (!listed) return [];
  const signalled = cache.symbolsWithSignals(now() - signalsOfMs).filter((symbol) => listed.has(symbol));
  return [...new Set([`BTC${quote}`, ...quoteCache.top(exchange).map(({ symbol }) => symbol), ...signalled])].filter(
    (symbol) => listed.has(symbol),
  );
}

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

/** By symbol, then by the length of its candles. */
type Model = Map<string, Map<CandleTimeframe, Progress>>;

interface Gap {
  readonly after: number;
  readonly before: number;
}

/** A series that is watched, and how far it is known. */
interface Followed {
  readonly series: CandleSeries;
  readonly symbol: string;
  readonly timeframe: CandleTimeframe;
  readonly progress: Progress;
}

/** What came of one series: what was missing in it or was corrected, and what is new. */
interface News extends CandleRun {
  readonly isNew: boolean;
}

function sinceOf({ timeframe, progress: { newest } }: Followed, until: number): number {
  return newest === null ? until - candlesToKnow[timeframe] * candleMs[timeframe] : newest + candleMs[timeframe];
}

/** Whether a candle has closed that is not known. */
function isDue(followed: Followed, until: number): boolean {
  return sinceOf(followed, until) + candleMs[followed.timeframe] <= until;
}

function withTurn(followed: Followed): Followed & { readonly requestedIn: number } {
  return { ...followed, requestedIn: followed.progress.requestedIn };
}

/** What is missing since the newest, what gaps there are, and whether the newest are still given as they are kept. */
async function requestOf(
  followed: Followed,
  {
    source,
    deps,
    until,
    signal,
    results,
    found,
  }: {
    readonly source: MarketSource;
    readonly deps: CandleScanDeps;
    readonly until: number;
    readonly signal: AbortSignal;
    readonly results: RunResults;
    readonly found: News[];
  },
): Promise<void> {
  const { series, symbol, timeframe, progress } = followed;
  const stepMs = candleMs[timeframe];
  try {
    for (let gap = progress.gaps[0]; gap !== undefined; gap = progress.gaps[0]) {
      found.push({
        series,
        candles: await source.candles(symbol, timeframe, { since: gap.after + stepMs, until: gap.before }, signal),
        isNew: false,
      });
      progress.gaps.shift();
    }
    const due = sinceOf(followed, until);
    const answer = await source.candles(
      symbol,
      timeframe,
      { since: Math.min(due, progress.tail[0]?.at ?? due), until },
      signal,
    );
    const candles = answer.filter(({ at }) => at >= due);
    const corrected = correctionsIn(answer, progress.tail);
    if (corrected.length > 0) {
      found.push({
        series,
        candles: corrected.map(({ is }) => is),
        revised: { at: deps.now(), were: corrected.map(({ was }) => was) },
        isNew: false,
      });
      deps.revised(symbol, timeframe, corrected.length);
    }
    found.push({ series, candles, isNew: true });
    progress.gaps.push(
      ...gapsIn([...(progress.newest === null ? [] : [progress.newest]), ...candles.map(({ at }) => at)], stepMs),
    );
    const now = new Map(corrected.map(({ is }) => [is.at, is]));
    progress.tail = [...progress.tail.map((candle) => now.get(candle.at) ?? candle), ...candles].slice(-retriesMax);
    progress.newest = candles.at(-1)?.at ?? progress.newest;
    progress.isFilled = true;
    results.note(candles.length > 0 ? "had" : progress.newest === null ? "none" : "empty");
  } catch (error) {
    if (signal.aborted) throw error;
    if (isUnknownSymbol(error)) {
      progress.isFilled = true;
      results.note("none");
    } else results.failed(error);
    deps.missed(symbol, timeframe, error);
  }
}

/** What an earlier run left of hundreds of series is much to read at once: others have their turn between. */
async function followAll(
  series: readonly CandleSeries[],
  model: Model,
  cache: CandleCache,
  until: number,
): Promise<Followed[]> {
  const all: Followed[] = [];
  let read = 0;
  for (const each of series) {
    if (model.get(each.symbol)?.get(each.timeframe) === undefined && ++read % keptAtOnce === 0) await setImmediate();
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
function forgetOthers(model: Model, symbols: readonly string[]): string[] {
  const watched = new Set(symbols);
  const gone = [...model.keys()].filter((symbol) => !watched.has(symbol));
  for (const symbol of gone) model.delete(symbol);
  return gone;
}

/** What is kept and is now given otherwise. */
function correctionsIn(
  answer: readonly Candle[],
  kept: readonly Candle[],
): { readonly is: Candle; readonly was: Candle }[] {
  return kept.flatMap((was) => {
    const is = answer.find(({ at }) => at === was.at);
    return is === undefined ||
      (is.open === was.open &&
        is.high === was.high &&
        is.low === was.low &&
        is.close === was.close &&
        is.volume === was.volume)
      ? []
      : [{ is, was }];
  });
}

/** Where one is followed by another later than it should be. */
function gapsIn(times: readonly number[], stepMs: number): Gap[] {
  return times.flatMap((at, index) => {
    const after = times[index - 1];
    return after !== undefined && at - after > stepMs ? [{ after, before: at }] : [];
  });
}

/** Keeps it, then publishes it, a series at a time: what an earlier run kept of one is thousands of candles. */
async function keep(news: readonly News[], { cache, arrived, filled }: CandleScanDeps): Promise<void> {
  const some = news.filter(({ candles }) => candles.length > 0);
  if (some.length > 0) cache.put(some);
  for (const { series, candles, isNew } of news) {
    const [earliest] = candles;
    if (isNew) arrived(series.symbol, series.timeframe, candles);
    else if (earliest !== undefined) filled(series.symbol, series.timeframe, earliest.at);
    if (!isNew || earliest === undefined) await setImmediate();
  }
}
