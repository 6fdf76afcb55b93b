import type { Config } from "../config";
import type { NotedBeta } from "../core/alpha/beta-history";
import { AlphaModel } from "../core/alpha/model";
import type { Episodes } from "../core/alpha/episodes";
import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../core/candle";
import type { Regime } from "../core/market";
import { fundingPerSpan } from "../core/overview/funding";
import { ageOf, candleStaleAfterMs, isStaleQuote, quoteStaleAfterMs } from "../core/quote-age";
import type { ScanObserved, Unsequenced } from "../core/observation";
import type { ExchangeConfig } from "../exchange/config";
import type { Exchange } from "../exchange/exchange";
import { HostLimits } from "../exchange/limits/host-limits";
import { openExchange, type OpenOptions } from "../exchange/open";
import { IndicatorCache } from "../scanners/alpha/indicator-cache";
import { SeriesLearner } from "../scanners/alpha/series-learner";
import { alphaScanner } from "../scanners/alpha";
import { QuoteCache } from "../scanners/quote-cache";
import { CoinNames } from "../scanners/coin-names";
import { candleScanner, watchedSymbols } from "../scanners/candles";
import type { CandleSeries, MarketScope, MarketSource } from "../scanners/exchange-port";
import { marketScanner } from "../scanners/market";
import type { Scanner } from "../scanners/scheduler";
import type { TimesOf } from "./scanners";
import { timedSource, type OnRequest } from "./timed-source";
import { surgeCandles, surgesOf } from "../scanners/surges";
import { BetaStore } from "../store/betas";
import { CandleStore } from "../store/candles";
import type { Database } from "../store/db";
import type { Log } from "../telemetry/log";
import type { CandlesShape } from "../views/candles";
import type { ExchangeFacts } from "../views/market";
import type { SymbolDetail } from "../views/symbols";
import { isoOf } from "../views/shape";

export interface MarketsDeps {
  readonly database: Database;
  readonly log: Log;
  readonly now: () => number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /** What scans are due by, ms: how long an exchange is left alone. Monotonic too, unless a test or the demo brings a clock. */
  readonly scanElapsed: () => number;
  readonly rateLimitMs?: number;
  readonly regimeBefore: (exchange: string) => Regime | null;
  readonly revised: (exchange: string, symbol: string, timeframe: CandleTimeframe, count: number) => void;
  readonly clockRead: (exchange: string, aheadMs: number | null) => void;
  readonly submit: (scan: Unsequenced<ScanObserved>) => Promise<boolean>;
  readonly times: TimesOf;
  readonly onRequest: OnRequest;
  readonly scanIntervalMs: () => number;
  readonly episodes: Episodes;
  readonly keepEpisodes: (episodes: Episodes) => void;
}

const benchmarkBase = "BTC";
/** A surge of longer ago is history when its candle comes in: after a pause, or at the first look of all. */
const surgesOfMs = 2 * 3_600_000;

/** Every configured exchange: what is scanned of it, and what is known of it now. */
export class Markets {
  readonly #quoteCache = new QuoteCache();
  readonly #coinNames = new CoinNames();
  readonly #cache: CandleStore;
  readonly #betas: BetaStore;
  readonly #model: AlphaModel | null;
  /** Of an exchange with two markets configured the limits and bans are one. */
  readonly #hosts = new HostLimits();
  readonly #sources = new Map<string, MarketSource>();
  readonly #indicators = new IndicatorCache();
  readonly #learner: SeriesLearner | null;
  readonly #leading: ExchangeConfig | null;

  constructor(
    private readonly exchanges: readonly ExchangeConfig[],
    private readonly deps: MarketsDeps,
  ) {
    this.#cache = new CandleStore(deps.database);
    this.#betas = new BetaStore(deps.database);
    this.#leading = exchanges[0] ?? null;
    this.#model =
      this.#leading &&
      new AlphaModel({ benchmark: `${benchmarkBase}${this.#leading.quote}`, scanIntervalMs: deps.scanIntervalMs() });
    this.#learner =
      this.#model &&
      new SeriesLearner({ model: this.#model, indicators: this.#indicators, cache: this.#cache, betas: this.#betas });
  }

  scanners(): Scanner[] {
    const { times, log } = this.deps;
    const doubted = (text: string) => log.warn(text);
    const perExchange = this.exchanges.flatMap((config) => {
      const source = this.#sourceOf(config);
      this.#sources.set(config.name, source);
      const scope: MarketScope = {
        quote: config.quote,
        minTurnover: config.minTurnover,
        top: config.top,
        takerFee: config.fees.taker,
      };
      return [
        marketScanner(
          source,
          scope,
          { ...this.deps, quoteCache: this.#quoteCache, cache: this.#cache, coinNames: this.#coinNames, doubted },
          times(`market:${config.name}`, () => ({ intervalMs: 60_000, timeoutMs: config.timeoutMs + 5000 })),
        ),
        candleScanner(
          source,
          scope,
          this.#candleDeps(config),
          times(`candles:${config.name}`, () => ({ intervalMs: 60_000, timeoutMs: 5 * 60_000 })),
        ),
      ];
    });
    if (!this.#leading || !this.#model) return perExchange;
    const indicatorsOf = (symbol: string, timeframe: CandleTimeframe) => this.#indicators.of(symbol, timeframe);
    const { name, quote, minTurnover, top, fees } = this.#leading;
    const scope: MarketScope = { quote, minTurnover, top, takerFee: fees.taker };
    const watched = () =>
      watchedSymbols(name, scope, { quoteCache: this.#quoteCache, cache: this.#cache, now: this.deps.now });
    const { benchmark } = this.#model.options;
    const keepBetas = (noted: readonly NotedBeta[]) => this.#betas.put(name, benchmark, noted);
    const alpha = alphaScanner(
      name,
      {
        ...this.deps,
        clockAheadMs: () => this.#clockAheadMs(name),
        watched,
        forgotten: (symbol) => this.#learner?.forget(symbol),
        model: this.#model,
        quoteCache: this.#quoteCache,
        indicatorsOf,
        keepBetas,
      },
      times("alpha", () => ({ intervalMs: this.deps.scanIntervalMs(), timeoutMs: 60_000 })),
    );
    return [...perExchange, alpha];
  }

  /** What each exchange last said, in the order they are configured; one that has not yet is left out. */
  facts(): ExchangeFacts[] {
    return this.#quotes().map(({ exchange, at, quotedAt, view }) => ({
      exchange,
      at,
      quotedAt,
      view,
      watched: this.#quoteCache.top(exchange),
    }));
  }

  candles(
    symbol: string,
    timeframe: CandleTimeframe,
    options: { readonly exchange?: string | undefined; readonly limit: number; readonly until?: number | undefined },
  ): CandlesShape {
    const exchange = options.exchange ?? this.#exchangeOf(symbol);
    const items =
      exchange === null ? [] : this.#cache.last({ exchange, symbol, timeframe }, options.limit, options.until);
    const newest = exchange === null ? null : this.#cache.newest({ exchange, symbol, timeframe });
    return {
      symbol,
      exchange,
      timeframe,
      ...ageOfCandles(newest, timeframe, this.deps.now(), this.#clockAheadMs(exchange ?? "")),
      items: this.#withRevisions(items, { exchange: exchange ?? "", symbol, timeframe }),
    };
  }

  #withRevisions(items: readonly Candle[], series: CandleSeries): CandlesShape["items"] {
    const revisions = this.#cache.revisions(series, items[0]?.at ?? 0, items.at(-1)?.at ?? 0);
    return items.map(({ at, ...prices }) => {
      const before = revisions
        .filter((revision) => revision.at === at)
        .map(({ revisedAt, was }) => ({ revised_at: isoOf(revisedAt), ...was }));
      return { at: isoOf(at), ...prices, ...(before.length === 0 ? {} : { before }) };
    });
  }

  /** What the exchanges say of a symbol now; its signals and alerts are the lists' to tell. */
  symbol(symbol: string): Omit<SymbolDetail, "signals" | "alerts" | "opportunities"> {
    const now = this.deps.now();
    const exchange = this.#exchangeOf(symbol);
    const ticker = exchange === null ? undefined : this.#quoteCache.of(exchange)?.tickers.get(symbol);
    return {
      symbol,
      exchange,
      last: ticker?.last ?? null,
      change: ticker?.change ?? null,
      turnover: ticker?.turnover ?? null,
      funding_rate: ticker?.fundingRate ?? null,
      funding_interval_hours: ticker?.fundingHours ?? null,
      funding_rate_8h: ticker ? fundingPerSpan(ticker) : null,
      open_interest: ticker?.openInterest ?? null,
      quoted_at: ticker ? isoOf(ticker.at) : null,
      age_seconds: ticker ? Math.round(ageOf(ticker.at, now) / 1000) : null,
      stale_after_seconds: quoteStaleAfterMs / 1000,
      stale: ticker ? isStaleQuote(ticker.at, now) : null,
      statistics: candleTimeframes.flatMap((timeframe) => {
        const known = this.#model?.statistics(symbol, timeframe);
        if (!known?.recent) return [];
        const { beta, correlation, n } = known.recent;
        return [{ timeframe, beta, correlation, n, median_beta: known.medianBeta }];
      }),
    };
  }

  #clockAheadMs(exchange: string): number {
    return this.#sources.get(exchange)?.clockAheadMs ?? 0;
  }

  #sourceOf(config: ExchangeConfig): MarketSource {
    const { now, elapsed, scanElapsed, rateLimitMs, onRequest } = this.deps;
    return timedSource(
      lazily(config, {
        now,
        elapsed: scanElapsed,
        hosts: this.#hosts,
        ...(rateLimitMs === undefined ? {} : { rateLimitMs }),
      }),
      elapsed,
      onRequest,
    );
  }

  #candleDeps({ name, quote }: ExchangeConfig): Parameters<typeof candleScanner>[2] {
    const { log, now, elapsed, submit } = this.deps;
    const learner = name === this.#leading?.name ? this.#learner : null;
    const windows = new Map<string, readonly Candle[]>();
    const halfHours = (symbol: string, fresh: readonly Candle[]): readonly Candle[] => {
      const before = windows.get(symbol);
      const all = before
        ? [...before, ...fresh]
        : this.#cache.last({ exchange: name, symbol, timeframe: "30m" }, 2 * surgeCandles);
      windows.set(symbol, all.slice(-2 * surgeCandles));
      return all;
    };
    return {
      quoteCache: this.#quoteCache,
      cache: this.#cache,
      now,
      elapsed,
      arrived: (symbol, timeframe, candles) => {
        learner?.take({ exchange: name, symbol, timeframe }, candles);
        if (timeframe !== "30m" || candles.length === 0 || !symbol.endsWith(quote)) return;
        const all = halfHours(symbol, candles);
        const news = candles.filter(({ at }) => at > now() - surgesOfMs).length;
        const findings = surgesOf(name, symbol, all.slice(-surgeCandles - news), news);
        if (findings.length > 0)
          void submit({
            kind: "scan",
            scanner: `candles:${name}`,
            source: name,
            receivedAt: now(),
            opportunities: [],
            market: null,
            findings,
          });
      },
      knows: (symbol, timeframe) => learner?.knows(symbol, timeframe) ?? true,
      filled: (symbol, timeframe, since) => {
        if (timeframe === "30m") windows.delete(symbol);
        learner?.relearn({ exchange: name, symbol, timeframe }, since);
      },
      revised: (symbol, timeframe, count) => this.deps.revised(name, symbol, timeframe, count),
      forgotten: (symbol) => windows.delete(symbol),
      missed: (symbol, timeframe, error) =>
        log.warn(
          { exchange: name, symbol, timeframe, err: error },
          "candles could not be had; they are asked for again",
        ),
    };
  }

  #exchangeOf(symbol: string): string | null {
    return this.#quotes().find(({ tickers }) => tickers.has(symbol))?.exchange ?? this.#leading?.name ?? null;
  }

  #quotes() {
    return this.exchanges.flatMap(({ name }) => this.#quoteCache.of(name) ?? []);
  }
}

/** `newest`: when the newest of them opened by the exchange's clock, which ours is ahead of; null where there is none. */
function ageOfCandles(
  newest: number | null,
  timeframe: CandleTimeframe,
  now: number,
  aheadMs: number,
): Pick<CandlesShape, "newest_at" | "age_seconds" | "stale_after_seconds" | "stale"> {
  const staleAfterMs = candleStaleAfterMs(timeframe);
  if (newest === null)
    return { newest_at: null, age_seconds: null, stale_after_seconds: staleAfterMs / 1000, stale: null };
  const closedAt = newest + candleMs[timeframe] + aheadMs;
  const ageMs = ageOf(closedAt, now);
  return {
    newest_at: isoOf(closedAt),
    age_seconds: Math.round(ageMs / 1000),
    stale_after_seconds: staleAfterMs / 1000,
    stale: ageMs > staleAfterMs,
  };
}

export function exchangesOf({ file }: Config): readonly ExchangeConfig[] {
  return file.exchanges ?? [];
}

/** The exchange is opened at its first scan, so that nobody waits for it at the start. */
function lazily(config: ExchangeConfig, options: OpenOptions): MarketSource {
  let opening: Promise<Exchange> | null = null;
  let opened: Exchange | null = null;
  const open = () => {
    // One that could not be opened is opened anew by the next scan.
    opening ??= openExchange(config, options).then(
      (exchange) => (opened = exchange),
      (error: unknown) => {
        opening = null;
        throw error;
      },
    );
    return opening;
  };
  return {
    name: config.name,
    get clockAheadMs() {
      return opened?.clockAheadMs ?? null;
    },
    get listed() {
      return opened?.listed ?? null;
    },
    tickers: async (signal) => (await open()).tickers(signal),
    candles: async (symbol, timeframe, range, signal) => (await open()).candles(symbol, timeframe, range, signal),
  };
}
