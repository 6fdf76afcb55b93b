import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../candle";
import { Benchmark } from "./benchmark";
import type { Beta, NotedBeta } from "./beta-history";
import { DailyVolume } from "./daily-volume";
import { compareFindings, type Finding } from "./finding";
import { findingOf } from "./finding-of";
import { recentReturns } from "./joined-returns";
import type { Look, SymbolFacts } from "./look";
import { testsADay } from "./multiple-testing";
import { patterns } from "./patterns";
import { crossTimeframe, type TimeframeAlpha } from "./patterns/cross-timeframe";
import { regress, type Regression } from "./regression";
import { volatilityOf } from "./risk";
import { Series } from "./series";
import { confidenceOverall, thresholds } from "./thresholds";

export interface AlphaOptions {
  /** What all others are measured against: BTCUSDT. */
  readonly benchmark: string;
  /** How often `judge` is called; counts the tests made a day. */
  readonly scanIntervalMs: number;
}

/** What a symbol page shows beside the candles. */
export interface SymbolStatistics {
  /** Over the newest 50 joined returns. */
  readonly recent: Regression;
  /** Over the 200 returns before the recent ones. */
  readonly before: Regression | null;
  /** Median beta of 30 days, or of as many as are known, the recent window left out. */
  readonly medianBeta: number | null;
}

/** Candles a series may be behind, and scans may be late, before what it showed no longer stands. */
const behindMax = 3;
const scanSlackMs = 600_000;

/** What a look left behind. at: start of the newest candle looked at. */
interface Looked {
  readonly at: number;
  /** How many tests a day its confidence stands for. */
  readonly tests: number;
  readonly recent: Regression | null;
  readonly findings: readonly Finding[];
}

/** One symbol's series, and what was seen when they were last looked at. */
interface Page {
  readonly series: Map<CandleTimeframe, Series>;
  readonly looked: Map<CandleTimeframe, Looked>;
  /** Of the half-hour candles, for all timeframes. */
  volume: DailyVolume;
  /** Over all timeframes together; it stands as long as the fastest of them does. */
  across: { readonly finding: Finding; readonly fastest: CandleTimeframe; readonly at: number } | null;
}

type FactsOf = (symbol: string, timeframe: CandleTimeframe) => SymbolFacts;

/** The returns of everything watched beside the benchmark's, kept up candle by candle, and what stands out in them. */
export class AlphaModel {
  readonly #pages = new Map<string, Page>();
  readonly #benchmarks = new Map<CandleTimeframe, Benchmark>();
  #noted: NotedBeta[] = [];

  constructor(readonly options: AlphaOptions) {}

  /**
   * Takes closed candles, oldest first; known ones are ignored. A symbol's candles wait for the benchmark's, up to 500
   * of them: the benchmark comes first where there are more.
   */
  take(symbol: string, timeframe: CandleTimeframe, candles: readonly Candle[]): void {
    const series = this.#seriesOf(symbol, timeframe);
    const { volume } = this.#pageOf(symbol);
    const benchmark = this.#benchmarkOf(timeframe);
    const isBenchmark = symbol === this.options.benchmark;
    for (const candle of candles) {
      series.take(candle, isBenchmark ? null : benchmark);
      if (timeframe === "30m") volume.take(candle);
      if (isBenchmark) benchmark.take(candle);
    }
  }

  /**
   * Takes back the betas a series noted in an earlier run, oldest first, before its first candle: betas are noted from
   * the newest of them on.
   */
  recall(symbol: string, timeframe: CandleTimeframe, betas: readonly Beta[]): void {
    const { betas: history } = this.#seriesOf(symbol, timeframe);
    for (const { at, beta } of betas) history.note(at, beta);
  }

  /** The oldest betas, so many, that were noted and are not kept yet. */
  noted(max: number): NotedBeta[] {
    return this.#noted.slice(0, max);
  }

  /** So many of the oldest noted betas are kept now. */
  notedKept(count: number): void {
    this.#noted.splice(0, count);
  }

  /** Betas noted of candles that opened at `since` or later, epoch ms, are not to be kept: of one symbol, of all with the benchmark. */
  forgetNoted(symbol: string, timeframe: CandleTimeframe, since: number): void {
    const isOf = symbol === this.options.benchmark ? () => true : (each: NotedBeta) => each.symbol === symbol;
    this.#noted = this.#noted.filter((each) => each.timeframe !== timeframe || each.at < since || !isOf(each));
  }

  /** Start of the newest candle taken, epoch ms; null where there is none. */
  newestAt(symbol: string, timeframe: CandleTimeframe): number | null {
    return this.#pages.get(symbol)?.series.get(timeframe)?.candles.newestAt ?? null;
  }

  /** Forgets every symbol but these and the benchmark; answers which. */
  keepOnly(watched: readonly string[]): string[] {
    const kept = new Set([this.options.benchmark, ...watched]);
    const forgotten = [...this.#pages.keys()].filter((symbol) => !kept.has(symbol));
    for (const symbol of forgotten) this.#pages.delete(symbol);
    return forgotten;
  }

  /** Forgets one series; the benchmark's with its returns. */
  forget(symbol: string, timeframe: CandleTimeframe): void {
    const page = this.#pages.get(symbol);
    if (page !== undefined) {
      page.series.delete(timeframe);
      page.looked.delete(timeframe);
      page.across = null;
      if (timeframe === "30m") page.volume = new DailyVolume();
    }
    if (symbol === this.options.benchmark) this.#benchmarks.delete(timeframe);
  }

  /**
   * Everything that stands at `now`, ranked; only series with new candles are looked at again, or all where the number of tests is another.
   * That number is of what is watched now, whatever of it has been learned yet: the same market gives the same confidence after a restart.
   */
  judge(
    now: number,
    factsOf: FactsOf,
    {
      scanIntervalMs = this.options.scanIntervalMs,
      watched,
    }: { readonly scanIntervalMs?: number; readonly watched?: readonly string[] } = {},
  ): Finding[] {
    const tested =
      watched?.map(() => candleTimeframes) ?? [...this.#pages.values()].map(({ series }) => [...series.keys()]);
    const tests = testsADay(tested, scanIntervalMs);
    const findings: Finding[] = [];
    for (const [symbol, page] of this.#pages) {
      if (this.#evaluate(symbol, page, tests, factsOf)) page.across = lookAcross(symbol, page, now, tests, factsOf);
      for (const [timeframe, { at, findings: seen }] of page.looked)
        if (isCurrent(at, timeframe, now)) findings.push(...seen);
      if (page.across !== null && isCurrent(page.across.at, page.across.fastest, now))
        findings.push(page.across.finding);
    }
    return findings.toSorted(compareFindings);
  }

  /** Null under 50 joined returns. */
  statistics(symbol: string, timeframe: CandleTimeframe): SymbolStatistics | null {
    const series = this.#pages.get(symbol)?.series.get(timeframe);
    if (series === undefined || series.candles.newestAt === null) return null;
    const recent = recentOf(series);
    return (
      recent && {
        recent,
        before: regress(series.returns.prior),
        medianBeta: series.betas.usual(series.candles.newestAt)?.median ?? null,
      }
    );
  }

  /** Whether anything was new. */
  #evaluate(symbol: string, page: Page, tests: number, factsOf: FactsOf): boolean {
    let isNew = false;
    for (const [timeframe, series] of page.series) {
      if (symbol !== this.options.benchmark) series.join(this.#benchmarkOf(timeframe));
      const at = series.candles.newestAt;
      const before = page.looked.get(timeframe);
      if (at === null || (before?.at === at && before.tests === tests)) continue;
      page.looked.set(timeframe, look(symbol, series, page.volume, at, tests, factsOf(symbol, timeframe)));
      isNew = true;
    }
    return isNew;
  }

  #seriesOf(symbol: string, timeframe: CandleTimeframe): Series {
    const { series: all } = this.#pageOf(symbol);
    let series = all.get(timeframe);
    if (series === undefined)
      all.set(timeframe, (series = new Series(timeframe, (beta) => this.#noted.push({ symbol, timeframe, ...beta }))));
    return series;
  }

  #pageOf(symbol: string): Page {
    let page = this.#pages.get(symbol);
    if (page === undefined)
      this.#pages.set(
        symbol,
        (page = { series: new Map(), looked: new Map(), volume: new DailyVolume(), across: null }),
      );
    return page;
  }

  #benchmarkOf(timeframe: CandleTimeframe): Benchmark {
    let benchmark = this.#benchmarks.get(timeframe);
    if (benchmark === undefined) this.#benchmarks.set(timeframe, (benchmark = new Benchmark(candleMs[timeframe])));
    return benchmark;
  }
}

function recentOf({ returns }: Series): Regression | null {
  return returns.recent.n < recentReturns ? null : regress(returns.recent);
}

function look(
  symbol: string,
  series: Series,
  volume: DailyVolume,
  at: number,
  tests: number,
  facts: SymbolFacts,
): Looked {
  const { timeframe, returns } = series;
  const recent = recentOf(series);
  const pMax = (1 - thresholds[timeframe].confidence) / tests;
  const usualVolume = () => volume.usual(at + candleMs[timeframe], candleMs[timeframe]);
  const input: Look = {
    symbol,
    timeframe,
    series,
    usualVolume,
    recent,
    before: regress(returns.prior),
    facts,
    thresholds: thresholds[timeframe],
    pMax,
    at,
  };
  const place = {
    symbol,
    timeframe,
    tests,
    observedAt: at + candleMs[timeframe],
    volatility: volatilityOf(recent, timeframe),
    turnover: facts.turnover,
  };
  const findings = patterns.flatMap((pattern) => {
    const seen = pattern(input);
    return seen === null ? [] : [findingOf(seen, place)];
  });
  return { at, tests, recent, findings };
}

function lookAcross(symbol: string, page: Page, now: number, tests: number, factsOf: FactsOf): Page["across"] {
  const alphas: TimeframeAlpha[] = [];
  for (const timeframe of candleTimeframes) {
    const { at, recent } = page.looked.get(timeframe) ?? nothingLooked;
    if (recent === null || recent.t === null || !isCurrent(at, timeframe, now)) continue;
    alphas.push({ timeframe, regression: { ...recent, t: recent.t } });
  }
  const [fastest] = alphas;
  const seen = crossTimeframe(alphas, (1 - confidenceOverall) / tests);
  if (seen === null || fastest === undefined) return null;
  const { timeframe } = fastest;
  const { at } = page.looked.get(timeframe) ?? nothingLooked;
  const place = {
    symbol,
    timeframe: "all",
    tests,
    observedAt: at + candleMs[timeframe],
    volatility: volatilityOf(fastest.regression, timeframe),
    turnover: factsOf(symbol, timeframe).turnover,
  } as const;
  return { finding: findingOf(seen, place), fastest: timeframe, at };
}

const nothingLooked: Looked = { at: -Infinity, tests: 0, recent: null, findings: [] };

function isCurrent(at: number, timeframe: CandleTimeframe, now: number): boolean {
  return now - at <= (behindMax + 1) * candleMs[timeframe] + scanSlackMs;
}
