import { candleTimeframes, type CandleTimeframe } from "../../core/candle";
import { isDue, type Followed } from "./followed";
import { keep, type KeepDeps, type News } from "./keep";
import { requestOf, type RequestDeps, type Run } from "./request";
import { sideBySide } from "./side-by-side";

export interface TurnDeps extends KeepDeps, RequestDeps {
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /** Whether what was kept of a series has been learned, or need not be. */
  readonly knows: (symbol: string, timeframe: CandleTimeframe) => boolean;
}

/** Series whose news is kept by one commit: each commit waits for the disk. */
const keptAtOnce = 25;
/** Requests under way at one time: one after the other, five hundred would take longer than a minute. */
const requestsAtOnce = 5;

/**
 * Requests some at a time, in this order, and keeps what came of them, until all are done or `endsAt` has come, by
 * `elapsed`. Answers how many candles were kept.
 */
export async function followTurns(
  work: readonly Followed[],
  run: Run & { readonly deps: TurnDeps; readonly scan: number },
  endsAt: number,
  progressed: () => void,
): Promise<number> {
  const { deps, until, signal, results, scan } = run;
  let kept = 0;
  for (
    // The benchmark's come first, and alone.
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
        await requestOf(each, run, found);
      });
    } finally {
      await keep(news.flat(), deps);
      kept += news.flat().reduce((sum, { candles }) => sum + candles.length, 0);
      progressed();
    }
  }
  return kept;
}
