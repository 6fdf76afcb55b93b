import { candleTimeframes } from "../core/candle";
import { formatCount, formatDuration } from "../core/text";
import type { QuoteCache } from "./quote-cache";
import { followAll, forgetOthers, isDue, type Followed, type Model } from "./candles/followed";
import { rotate } from "./candles/rotation";
import { RunResults } from "./candles/run-results";
import { followTurns, type TurnDeps } from "./candles/turns";
import { watchedSymbols } from "./candles/watched-symbols";
import type { MarketScope, MarketSource } from "./exchange-port";
import { NotYet, type Filling, type Scanner, type ScanTimes } from "./scheduler";

export interface CandleScanDeps extends TurnDeps {
  readonly quoteCache: QuoteCache;
  /** A symbol that is watched no longer. */
  readonly forgotten: (symbol: string) => void;
}

/** Clocks are compared to 2 s: a candle that closed a moment ago may still be open there. */
const closedForMs = 3000;
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
  const reportProgress = (all: readonly Followed[]) => {
    const done = all.filter(({ progress }) => progress.isFilled).length;
    hasFilled ||= done === all.length;
    filling = hasFilled ? null : { done, total: all.length };
  };
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
      const series = candleTimeframes.flatMap((timeframe) =>
        symbols.map((symbol) => ({ exchange: source.name, symbol, timeframe })),
      );
      const all = await followAll(series, model, deps.cache, until);
      const due = all.filter((each) => isDue(each, until));
      reportProgress(all);
      // One that is not due may still have to be learned: a candle of four hours is long in coming.
      const work = all.filter((each) => isDue(each, until) || !deps.knows(each.symbol, each.timeframe)).map(withTurn);
      const run = { source, deps, until, signal, results: new RunResults(), scan };
      const kept = await followTurns(rotate(work, symbols, fits), run, endsAt, () => reportProgress(all));
      const { results } = run;
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

function withTurn(followed: Followed): Followed & { readonly requestedIn: number } {
  return { ...followed, requestedIn: followed.progress.requestedIn };
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
