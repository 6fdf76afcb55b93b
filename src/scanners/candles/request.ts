import { candleMs, type Candle, type CandleTimeframe } from "../../core/candle";
import type { MarketSource } from "../exchange-port";
import { advance, sinceOf, type Followed } from "./followed";
import type { News } from "./keep";
import { isUnknownSymbol, type RunResults } from "./run-results";

export interface RequestDeps {
  readonly now: () => number;
  /** So many closed candles were corrected. */
  readonly revised: (symbol: string, timeframe: CandleTimeframe, count: number) => void;
  /** A symbol whose candles could not be had this time. */
  readonly missed: (symbol: string, timeframe: CandleTimeframe, error: unknown) => void;
}

/** One scan, as its requests need it. `until`: by which a candle must have closed, epoch ms of the exchange's clock. */
export interface Run {
  readonly source: MarketSource;
  readonly deps: RequestDeps;
  readonly until: number;
  readonly signal: AbortSignal;
  readonly results: RunResults;
}

/** What is missing since the newest, what gaps there are, and whether the newest are still given as they are kept; added to `found`. */
export async function requestOf(followed: Followed, run: Run, found: News[]): Promise<void> {
  const { symbol, timeframe, progress } = followed;
  const { deps, signal, results } = run;
  try {
    await requestGaps(followed, run, found);
    await requestNewest(followed, run, found);
  } catch (error) {
    if (signal.aborted) throw error;
    if (isUnknownSymbol(error)) {
      progress.isFilled = true;
      results.note("none");
    } else results.failed(error);
    deps.missed(symbol, timeframe, error);
  }
}

async function requestGaps(
  { series, symbol, timeframe, progress: { gaps } }: Followed,
  { source, signal }: Run,
  found: News[],
): Promise<void> {
  for (let gap = gaps[0]; gap !== undefined; gap = gaps[0]) {
    const range = { since: gap.after + candleMs[timeframe], until: gap.before };
    found.push({ series, candles: await source.candles(symbol, timeframe, range, signal), isNew: false });
    gaps.shift();
  }
}

async function requestNewest(followed: Followed, run: Run, found: News[]): Promise<void> {
  const { series, symbol, timeframe, progress } = followed;
  const { source, deps, until, signal, results } = run;
  const due = sinceOf(followed, until);
  const range = { since: Math.min(due, progress.tail[0]?.at ?? due), until };
  const answer = await source.candles(symbol, timeframe, range, signal);
  const candles = answer.filter(({ at }) => at >= due);
  const corrections = correctionsIn(answer, progress.tail);
  const corrected = corrections.map(({ is }) => is);
  if (corrected.length > 0) {
    const revised = { at: deps.now(), were: corrections.map(({ was }) => was) };
    found.push({ series, candles: corrected, revised, isNew: false });
    deps.revised(symbol, timeframe, corrected.length);
  }
  found.push({ series, candles, isNew: true });
  advance(followed, candles, corrected);
  results.note(candles.length > 0 ? "had" : progress.newest === null ? "none" : "empty");
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
