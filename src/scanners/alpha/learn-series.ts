import type { Beta } from "../../core/alpha/beta-history";
import type { AlphaBook } from "../../core/alpha/book";
import type { CandleTimeframe } from "../../core/candle";
import { candlesKept, candlesToKnow } from "../candles";
import type { CandleSeries, CandleShelf } from "../exchange-port";
import type { IndicatorShelf } from "./indicator-shelf";

/** Where betas of earlier runs are kept. */
export interface BetaShelf {
  /** Of one series, oldest first. */
  of(exchange: string, benchmark: string, symbol: string, timeframe: CandleTimeframe): readonly Beta[];
}

export interface LearnDeps {
  readonly book: AlphaBook;
  readonly indicators: IndicatorShelf;
  readonly shelf: Pick<CandleShelf, "last" | "times">;
  readonly betas: BetaShelf;
}

/** 250 joined returns and smoothed indicators, of a symbol that trades in half of its candles too. */
const candlesBefore = 1000;

/**
 * What is kept of a series, as a program that ran on would know it: its betas, and its candles from well before the newest of
 * them, so that the betas since are the same. The benchmark's are all that are kept: others may be learned from further back.
 */
export function learnSeries(series: CandleSeries, { book, indicators, shelf, betas }: LearnDeps): void {
  const { exchange, symbol, timeframe } = series;
  const { benchmark } = book.options;
  const known = betas.of(exchange, benchmark, symbol, timeframe);
  book.recall(symbol, timeframe, known);
  const newest = known.at(-1);
  const alone = newest === undefined ? candlesToKnow[timeframe] : shelf.times(series, newest.at).length + candlesBefore;
  const candles = shelf.last(series, symbol === benchmark ? candlesKept : alone);
  book.take(symbol, timeframe, candles);
  indicators.take(symbol, timeframe, candles);
}
