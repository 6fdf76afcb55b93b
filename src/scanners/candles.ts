import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../core/candle";
import type { Board } from "./board";
import type { CandleSeries, CandleShelf, MarketScope, MarketSource } from "./exchange-port";
import { NotYet, type Scanner, type ScanTimes } from "./scheduler";

export interface CandleScanDeps {
  readonly board: Board;
  readonly shelf: CandleShelf;
  readonly now: () => number;
  /** New closed candles of a symbol, oldest first, after they were kept. */
  readonly arrived: (symbol: string, timeframe: CandleTimeframe, candles: readonly Candle[]) => void;
  /** A symbol whose candles could not be had this time. */
  readonly missed: (symbol: string, timeframe: CandleTimeframe, error: unknown) => void;
}

/** Enough for what is asked of them: 50 returns and 200 before, a week of the same hour, a week and more of beta. */
export const candlesToKnow: Readonly<Record<CandleTimeframe, number>> = { "1m": 400, "5m": 2100, "30m": 400, "4h": 400 };
/** Our clock may run ahead of the exchange's: a candle that closed a moment ago may still be open there. */
const closedForMs = 3000;
const signalsOfMs = 7 * 86_400_000;
const gapsLookBack = 400;

/** Closed candles of the watched symbols: the most traded, and every one with a signal in the last 7 days. */
export function candleScanner(source: MarketSource, scope: MarketScope, deps: CandleScanDeps, times: () => ScanTimes): Scanner {
  /** Gaps the exchange was asked for once: what it does not have it will not have. */
  const asked = new Set<string>();
  return {
    name: `candles:${source.name}`,
    times,
    async scan(signal) {
      const symbols = watchedSymbols(source.name, scope, deps);
      if (symbols.length === 0) throw new NotYet("no market scan has succeeded yet");
      let missed = 0;
      for (const timeframe of candleTimeframes) {
        for (const symbol of symbols) {
          signal.throwIfAborted();
          if (!(await fill(source, { exchange: source.name, symbol, timeframe }, asked, deps, signal))) missed++;
        }
      }
      if (missed === symbols.length * candleTimeframes.length) throw new Error("no candle of any symbol could be had");
    },
  };
}

/** The benchmark first: the others wait for its candles. */
function watchedSymbols(exchange: string, { quote }: MarketScope, { board, shelf, now }: CandleScanDeps): string[] {
  const listed = board.of(exchange)?.tickers;
  if (!listed) return [];
  const signalled = shelf.symbolsWithSignals(now() - signalsOfMs).filter((symbol) => listed.has(symbol));
  return [...new Set([`BTC${quote}`, ...board.top(exchange).map(({ symbol }) => symbol), ...signalled])].filter((symbol) => listed.has(symbol));
}

/** What is missing since the newest, and what gaps there are; false where it could not be had. */
async function fill(source: MarketSource, series: CandleSeries, asked: Set<string>, deps: CandleScanDeps, signal: AbortSignal): Promise<boolean> {
  const { shelf, now, arrived } = deps;
  const { symbol, timeframe } = series;
  const stepMs = candleMs[timeframe];
  const until = now() - closedForMs;
  const newest = shelf.newest(series);
  const since = newest === null ? until - candlesToKnow[timeframe] * stepMs : newest + stepMs;
  if (since + stepMs > until) return true;
  try {
    for (const { after, before } of newest === null ? [] : shelf.gaps(series, stepMs, until - gapsLookBack * stepMs)) {
      const gap = `${symbol} ${timeframe} ${after}`;
      if (asked.has(gap)) continue;
      asked.add(gap);
      shelf.put(series, await source.candles(symbol, timeframe, { since: after + stepMs, until: before }, signal));
    }
    const candles = await source.candles(symbol, timeframe, { since, until }, signal);
    if (candles.length > 0) shelf.put(series, candles);
    arrived(symbol, timeframe, candles);
    return true;
  } catch (error) {
    if (signal.aborted) throw error;
    deps.missed(symbol, timeframe, error);
    return false;
  }
}
