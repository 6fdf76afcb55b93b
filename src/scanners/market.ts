import { dayMs } from "../core/duration";
import type { ScanObserved, Unsequenced } from "../core/observation";
import type { Regime } from "../core/market";
import { wideBasis } from "../core/overview/basis";
import { exchangeSpread, wideSpread, type ExchangeSpread, type Quote } from "../core/overview/exchange-spread";
import { fundingPerSpan } from "../core/overview/funding";
import { fundingExtremes } from "../core/overview/funding-extreme";
import { marketView, trades } from "../core/overview/market-view";
import { regimeChange } from "../core/overview/regime-change";
import { formatCount } from "../core/text";
import type { Ticker } from "../core/ticker";
import type { QuoteCache, MarketSnapshot } from "./quote-cache";
import type { CoinNames } from "./coin-names";
import type { CandleCache, MarketScope, MarketSource } from "./exchange-port";
import type { Lack, Scanner, ScanTimes } from "./scheduler";

export interface MarketScanDeps {
  readonly quoteCache: QuoteCache;
  readonly cache: CandleCache;
  readonly now: () => number;
  /** How far our clock is ahead of an exchange's, ms; null where it is not known. */
  readonly clockRead: (exchange: string, aheadMs: number | null) => void;
  readonly coinNames: CoinNames;
  /** Two coins of one name, for a person; once a day and pair. */
  readonly doubted: (text: string) => void;
  /** Where what was seen is decided and kept; false where it could not be. */
  readonly submit: (scan: Unsequenced<ScanObserved>) => Promise<boolean>;
  /** The regime that held when this exchange was last seen by an earlier run of the program; null where none did. */
  readonly regimeBefore: (exchange: string) => Regime | null;
}

const daysOfVolatility = 30;
const fourHoursADay = 6;

/** All pairs of one exchange at once: the overview, and what in it deserves an alert by itself. */
export function marketScanner(
  source: MarketSource,
  scope: MarketScope,
  deps: MarketScanDeps,
  times: () => ScanTimes,
): Scanner {
  const { quoteCache, now } = deps;
  return {
    name: `market:${source.name}`,
    times,
    async scan(signal) {
      const tickers = await source.tickers(signal);
      const at = now();
      deps.clockRead(source.name, source.clockAheadMs);
      const quotedAt = quotedAtOf(tickers, scope) ?? at;
      const before = quoteCache.of(source.name)?.view.regime ?? deps.regimeBefore(source.name);
      const view = marketView(tickers, scope, dailyCloses(deps.cache, source.name, scope), before, quotedAt);
      const snapshot: MarketSnapshot = {
        exchange: source.name,
        scope,
        tickers: new Map(tickers.map((ticker) => [ticker.symbol, ticker])),
        view,
        at,
        quotedAt,
      };
      const turned = regimeChange(before, view, source.name);
      const spreads = spreadsAgainst(snapshot, quoteCache, at);
      const paying = spreads.flatMap((spread) => wideSpread(spread, at) ?? wideBasis(spread, at) ?? []);
      const findings = [...(turned ? [turned] : []), ...fundingExtremes(tickers, scope, source.name), ...paying];
      const stored = await deps.submit({
        kind: "scan",
        scanner: `market:${source.name}`,
        source: source.name,
        receivedAt: at,
        opportunities: [],
        market: view,
        findings,
      });
      if (!stored) throw new Error("what was seen could not be stored");
      quoteCache.put(snapshot);
      for (const doubt of spreads.flatMap((spread) => deps.coinNames.doubt(spread, at) ?? [])) deps.doubted(doubt);
      const saw =
        `${formatCount(tickers.length, "pair")}, regime ${view.regime ?? "not known"}, ` +
        formatCount(findings.length, "finding") +
        (findings.length === 0 ? "" : `: ${findings.map(({ message }) => message).join("; ")}`);
      return { saw, lacks: lackOf(tickers.length, source.listed), note: null };
    },
  };
}

/**
 * The middle of the times its active pairs were quoted at, so that neither a pair that stands still nor one that alone moves decides
 * the age of all; null where there is none.
 */
function quotedAtOf(tickers: readonly Ticker[], scope: MarketScope): number | null {
  const times = tickers.filter((ticker) => trades(ticker, scope)).map(({ at }) => at);
  const first = times[0];
  if (first === undefined || times.every((at) => at === first)) return first ?? null;
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? null;
}

/** Pairs are listed and delisted between two looks at what is traded: a few are no lack. */
const missingShare = 0.05;

function lackOf(quoted: number, listed: number | null): Lack | null {
  const share = listed === null || listed === 0 ? 0 : 1 - quoted / listed;
  return share <= missingShare ? null : { share, why: `${quoted} of ${listed} listed pairs are quoted` };
}

/** BTC's closes a day apart, from its 4 h candles; null where there are none. */
function dailyCloses(cache: CandleCache, exchange: string, { quote }: MarketScope): number[] | null {
  const candles = cache.last(
    { exchange, symbol: `BTC${quote}`, timeframe: "4h" },
    daysOfVolatility * fourHoursADay + 1,
  );
  const newest = candles.at(-1);
  if (newest === undefined) return null;
  return candles.filter(({ at }) => (newest.at - at) % dayMs === 0).map(({ close }) => close);
}

/** Every pair that is quoted here and on another exchange: the better way round. */
function spreadsAgainst(here: MarketSnapshot, quoteCache: QuoteCache, now: number): ExchangeSpread[] {
  return quoteCache.all
    .filter(({ exchange }) => exchange !== here.exchange)
    .flatMap((there) =>
      [...here.tickers.values()].flatMap((ticker) => {
        const other = there.tickers.get(ticker.symbol);
        const quotes = other && [quoteOf(here, ticker), quoteOf(there, other)];
        if (!quotes?.[0] || !quotes[1]) return [];
        return exchangeSpread(quotes[0], quotes[1], now) ?? [];
      }),
    );
}

function quoteOf({ exchange, scope }: MarketSnapshot, ticker: Ticker): Quote | null {
  const { symbol, market, bid, ask, at } = ticker;
  return bid === null || ask === null
    ? null
    : { exchange, symbol, market, bid, ask, at, fee: scope.takerFee, funding: fundingPerSpan(ticker) };
}
