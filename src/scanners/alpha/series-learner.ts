import type { Beta } from "../../core/alpha/beta-history";
import type { AlphaModel } from "../../core/alpha/model";
import { candlesKept, type Candle, type CandleTimeframe } from "../../core/candle";
import { candlesToKnow } from "../candles/followed";
import type { CandleSeries, CandleCache } from "../exchange-port";
import type { IndicatorCache } from "./indicator-cache";

/** Where betas of earlier runs are kept. */
export interface BetaCache {
  /** Of one series, oldest first. */
  of(exchange: string, benchmark: string, symbol: string, timeframe: CandleTimeframe): readonly Beta[];
  /** Lets go of those measured since a time: of one symbol, of all with the benchmark. */
  forgetSince(exchange: string, benchmark: string, symbol: string, timeframe: CandleTimeframe, since: number): void;
}

export interface LearnDeps {
  readonly model: AlphaModel;
  readonly indicators: IndicatorCache;
  readonly cache: Pick<CandleCache, "last" | "times">;
  readonly betas: BetaCache;
}

/** 250 joined returns and smoothed indicators, of a symbol that trades in half of its candles too. */
const candlesBefore = 1000;

/**
 * Gives the book and the indicators what a program that ran on would have given them, whenever it started and in
 * whatever order candles came.
 */
export class SeriesLearner {
  /** Series of which what was kept has been learned. */
  readonly #learned = new Map<string, Pick<CandleSeries, "symbol" | "timeframe">>();

  constructor(private readonly deps: LearnDeps) {}

  knows(symbol: string, timeframe: CandleTimeframe): boolean {
    return this.#learned.has(keyOf(symbol, timeframe));
  }

  /** New candles of a series, oldest first, which are kept already: the first time, what is kept comes before them. */
  take(series: CandleSeries, fresh: readonly Candle[]): void {
    const { model, indicators } = this.deps;
    const { symbol, timeframe } = series;
    const isFirst = symbol === model.options.benchmark && model.newestAt(symbol, timeframe) === null;
    if (!this.knows(symbol, timeframe)) this.#learn(series);
    model.take(symbol, timeframe, fresh);
    indicators.take(symbol, timeframe, fresh);
    // Others that came before it, or before a gap in it was filled, are not joined with all of it.
    if (isFirst && model.newestAt(symbol, timeframe) !== null) this.#forgetOthers(symbol, timeframe);
  }

  /**
   * A gap in what is kept of a series was filled, or a candle corrected, at `since`, epoch ms, first: it is learned anew, and with the
   * benchmark all that is measured against it. Betas measured since then were measured without it, and are measured again.
   */
  relearn(series: CandleSeries, since: number): void {
    const { model, betas } = this.deps;
    model.forgetNoted(series.symbol, series.timeframe, since);
    betas.forgetSince(series.exchange, model.options.benchmark, series.symbol, series.timeframe, since);
    this.#forgetSeries(series);
    this.take(series, []);
  }

  /** Watched again, it is learned anew from what is kept. */
  forget(symbol: string): void {
    for (const series of this.#learned.values()) if (series.symbol === symbol) this.#forgetSeries(series);
  }

  #forgetOthers(benchmark: string, timeframe: CandleTimeframe): void {
    for (const series of this.#learned.values())
      if (series.timeframe === timeframe && series.symbol !== benchmark) this.#forgetSeries(series);
  }

  #forgetSeries({ symbol, timeframe }: Pick<CandleSeries, "symbol" | "timeframe">): void {
    this.#learned.delete(keyOf(symbol, timeframe));
    this.deps.model.forget(symbol, timeframe);
    this.deps.indicators.forget(symbol, timeframe);
  }

  /**
   * Its betas, and its candles from well before the newest of them, so that the betas since are the same. The benchmark's are
   * all that are kept: others may be learned from further back.
   */
  #learn(series: CandleSeries): void {
    const { model, indicators, cache, betas } = this.deps;
    const { exchange, symbol, timeframe } = series;
    const { benchmark } = model.options;
    const known = betas.of(exchange, benchmark, symbol, timeframe);
    model.recall(symbol, timeframe, known);
    const newest = known.at(-1);
    const alone =
      newest === undefined ? candlesToKnow[timeframe] : cache.times(series, newest.at).length + candlesBefore;
    const candles = cache.last(series, symbol === benchmark ? candlesKept : alone);
    model.take(symbol, timeframe, candles);
    indicators.take(symbol, timeframe, candles);
    this.#learned.set(keyOf(symbol, timeframe), { symbol, timeframe });
  }
}

function keyOf(symbol: string, timeframe: CandleTimeframe): string {
  return `${symbol} ${timeframe}`;
}
