import type { CandleTimeframe } from "../../core/candle";
import type { Regime } from "../../core/market";
import type { ScanObserved, Unsequenced } from "../../core/observation";
import type { TimesOf } from "../../daemon/scanners";
import type { ExchangeConfig } from "../../exchange/config";
import { lazyExchange } from "../../exchange/lazy-exchange";
import type { HostLimits } from "../../exchange/limits/host-limits";
import { timedExchange, type OnRequest } from "../../exchange/timed-exchange";
import type { SeriesLearner } from "../../scanners/alpha/series-learner";
import { candleScanner, type CandleScanDeps } from "../../scanners/candles";
import type { CoinNames } from "../../scanners/coin-names";
import type { CandleCache, MarketScope, MarketSource } from "../../scanners/exchange-port";
import { marketScanner } from "../../scanners/market";
import type { QuoteCache } from "../../scanners/quote-cache";
import type { Scanner } from "../../scanners/scheduler";
import { SurgeWatch } from "../../scanners/surge-watch";
import type { Log } from "../../telemetry/log";

export interface ExchangeScanDeps {
  readonly log: Log;
  readonly now: () => number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /** What scans are due by, ms: how long an exchange is left alone. Monotonic too, unless a test or the demo brings a clock. */
  readonly scanElapsed: () => number;
  readonly rateLimitMs?: number | undefined;
  readonly regimeBefore: (exchange: string) => Regime | null;
  readonly revised: (exchange: string, symbol: string, timeframe: CandleTimeframe, count: number) => void;
  readonly clockRead: (exchange: string, aheadMs: number | null) => void;
  readonly submit: (scan: Unsequenced<ScanObserved>) => Promise<boolean>;
  readonly times: TimesOf;
  readonly onRequest: OnRequest;
}

/** What is known of all exchanges together. */
export interface Known {
  readonly quoteCache: QuoteCache;
  readonly cache: CandleCache;
  readonly coinNames: CoinNames;
  /** Of an exchange with two markets configured the limits and bans are one. */
  readonly hosts: HostLimits;
}

/** Where an exchange's market data comes from, every request counted; it is opened by its first scan. */
export function sourceOf(config: ExchangeConfig, { hosts }: Known, deps: ExchangeScanDeps): MarketSource {
  const { now, elapsed, scanElapsed, rateLimitMs, onRequest } = deps;
  const limit = rateLimitMs === undefined ? {} : { rateLimitMs };
  return timedExchange(lazyExchange(config, { now, elapsed: scanElapsed, hosts, ...limit }), elapsed, onRequest);
}

/** What is scanned of every exchange. `learner`: what learns its candles, where it is the leading one. */
export function exchangeScanners(
  { config, source, learner }: { config: ExchangeConfig; source: MarketSource; learner: SeriesLearner | null },
  known: Known,
  deps: ExchangeScanDeps,
): Scanner[] {
  const { name, timeoutMs } = config;
  const { times, log } = deps;
  const scope = scopeOf(config);
  return [
    marketScanner(
      source,
      scope,
      { ...deps, ...known, doubted: (text) => log.warn(text) },
      times(`market:${name}`, () => ({ intervalMs: 60_000, timeoutMs: timeoutMs + 5000 })),
    ),
    candleScanner(
      source,
      scope,
      candleDeps(config, learner, known, deps),
      times(`candles:${name}`, () => ({ intervalMs: 60_000, timeoutMs: 5 * 60_000 })),
    ),
  ];
}

export function scopeOf({ quote, minTurnover, top, fees }: ExchangeConfig): MarketScope {
  return { quote, minTurnover, top, takerFee: fees.taker };
}

function candleDeps(
  { name: exchange, quote }: ExchangeConfig,
  learner: SeriesLearner | null,
  { quoteCache, cache }: Known,
  { now, elapsed, submit, log, revised }: ExchangeScanDeps,
): CandleScanDeps {
  const surges = new SurgeWatch({ exchange, quote }, { cache, now, submit });
  return {
    quoteCache,
    cache,
    now,
    elapsed,
    arrived(symbol, timeframe, candles) {
      learner?.take({ exchange, symbol, timeframe }, candles);
      surges.arrived(symbol, timeframe, candles);
    },
    knows: (symbol, timeframe) => learner?.knows(symbol, timeframe) ?? true,
    filled(symbol, timeframe, since) {
      surges.filled(symbol, timeframe);
      learner?.relearn({ exchange, symbol, timeframe }, since);
    },
    revised: (symbol, timeframe, count) => revised(exchange, symbol, timeframe, count),
    forgotten: (symbol) => surges.forget(symbol),
    missed: (symbol, timeframe, err) =>
      log.warn({ exchange, symbol, timeframe, err }, "candles could not be had; they are asked for again"),
  };
}
