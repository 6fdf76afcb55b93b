import type { Episodes } from "../../core/alpha/episodes";
import { candleTimeframes, type CandleTimeframe } from "../../core/candle";
import type { ExchangeConfig } from "../../exchange/config";
import { HostLimits } from "../../exchange/limits/host-limits";
import { AlphaWatch } from "../../scanners/alpha/alpha-watch";
import { CoinNames } from "../../scanners/coin-names";
import type { MarketSource } from "../../scanners/exchange-port";
import { QuoteCache } from "../../scanners/quote-cache";
import type { Scanner } from "../../scanners/scheduler";
import { BetaStore } from "../../store/betas";
import { CandleStore } from "../../store/candles";
import type { Database } from "../../store/db";
import { candlesOf, type CandlesShape } from "../../views/candles";
import type { ExchangeFacts } from "../../views/market";
import { quotedSymbol, type SymbolDetail } from "../../views/symbols";
import { exchangeScanners, scopeOf, sourceOf, type ExchangeScanDeps } from "./exchange-scanners";

interface MarketsDeps extends ExchangeScanDeps {
  readonly database: Database;
  readonly scanIntervalMs: () => number;
  /** The findings that stood when the program last ran. */
  readonly episodes: () => Episodes;
  readonly keepEpisodes: (episodes: Episodes) => void;
}

/** Every configured exchange: what is scanned of it, and what is known of it now. */
export class Markets {
  readonly #known;
  readonly #sources = new Map<string, MarketSource>();
  /** Of the exchange that is configured first. */
  readonly #alpha: AlphaWatch | null;

  constructor(
    private readonly exchanges: readonly ExchangeConfig[],
    private readonly deps: MarketsDeps,
  ) {
    const { database, now, scanIntervalMs } = deps;
    this.#known = {
      quoteCache: new QuoteCache(),
      cache: new CandleStore(database),
      coinNames: new CoinNames(),
      hosts: new HostLimits(),
    };
    const [leading] = exchanges;
    const alphaDeps = { ...this.#known, betas: new BetaStore(database), now, scanIntervalMs };
    this.#alpha = leading ? new AlphaWatch(leading.name, scopeOf(leading), alphaDeps) : null;
  }

  scanners(): Scanner[] {
    const { deps } = this;
    const alpha = this.#alpha;
    const perExchange = this.exchanges.flatMap((config) => {
      const source = sourceOf(config, this.#known, deps);
      this.#sources.set(config.name, source);
      const learner = alpha?.exchange === config.name ? alpha.learner : null;
      return exchangeScanners({ config, source, learner }, this.#known, deps);
    });
    if (!alpha) return perExchange;
    const given = { ...deps, episodes: deps.episodes(), clockAheadMs: () => this.#clockAheadMs(alpha.exchange) };
    const times = deps.times("alpha", () => ({ intervalMs: deps.scanIntervalMs(), timeoutMs: 60_000 }));
    return [...perExchange, alpha.scanner(given, times)];
  }

  /** What each exchange last said, in the order they are configured; one that has not yet is left out. */
  facts(): ExchangeFacts[] {
    return this.#quotes().map(({ exchange, at, quotedAt, view }) => ({
      exchange,
      at,
      quotedAt,
      view,
      watched: this.#known.quoteCache.top(exchange),
    }));
  }

  candles(
    symbol: string,
    timeframe: CandleTimeframe,
    options: { readonly exchange?: string | undefined; readonly limit: number; readonly until?: number | undefined },
  ): CandlesShape {
    const exchange = options.exchange ?? this.#exchangeOf(symbol);
    const series = exchange === null ? null : { exchange, symbol, timeframe };
    const clock = { now: this.deps.now(), aheadMs: this.#clockAheadMs(exchange ?? "") };
    return candlesOf(this.#known.cache, series, { ...options, symbol, timeframe }, clock);
  }

  /** What the exchanges say of a symbol now; its signals and alerts are the lists'. */
  symbol(symbol: string): Omit<SymbolDetail, "signals" | "alerts" | "opportunities"> {
    const exchange = this.#exchangeOf(symbol);
    const ticker = exchange === null ? undefined : this.#known.quoteCache.of(exchange)?.tickers.get(symbol);
    return {
      ...quotedSymbol(symbol, exchange, ticker, this.deps.now()),
      statistics: candleTimeframes.flatMap((timeframe) => {
        const known = this.#alpha?.model.statistics(symbol, timeframe);
        if (!known?.recent) return [];
        const { beta, correlation, n } = known.recent;
        return [{ timeframe, beta, correlation, n, median_beta: known.medianBeta }];
      }),
    };
  }

  #clockAheadMs(exchange: string): number {
    return this.#sources.get(exchange)?.clockAheadMs ?? 0;
  }

  #exchangeOf(symbol: string): string | null {
    return this.#quotes().find(({ tickers }) => tickers.has(symbol))?.exchange ?? this.#alpha?.exchange ?? null;
  }

  #quotes() {
    return this.exchanges.flatMap(({ name }) => this.#known.quoteCache.of(name) ?? []);
  }
}
