import type { MarketView, Regime } from "../market";
import type { Ticker } from "../ticker";
import { fundingOf } from "./funding";
import { moversOf } from "./movers";
import { outliersOf } from "./outliers";
import { regimeOf } from "./regime";
import { deviationOf, finite, logReturnsOf, meanOf, sumOf } from "./statistics";

export interface OverviewOptions {
  /** Quote currency of the pairs that count, upper case: USDT. */
  readonly quote: string;
  /** A pair that turns over less in 24 h, in quote currency, is not active. */
  readonly minTurnover: number;
}

/**
 * Whether a pair counts: quoted in the currency that does, traded enough, and neither a dated future nor an option,
 * whose price holds its time in it.
 */
export function trades({ quote, turnover, market }: Ticker, options: OverviewOptions): boolean {
  return quote === options.quote && market !== "future" && turnover !== null && turnover >= options.minTurnover;
}

/** Fewer daily returns than this give no volatility. */
const dailyReturnsMin = 10;

/**
 * One exchange's market at one moment. `btcDailyCloses` oldest first, null where not known. `before` is the regime that held,
 * null at first. What cannot be known from what is given is null.
 */
export function marketView(
  tickers: readonly Ticker[],
  options: OverviewOptions,
  btcDailyCloses: readonly number[] | null,
  before: Regime | null,
  observedAt: number,
): MarketView {
  const active = tickers.filter((ticker) => trades(ticker, options));
  const movers = active.flatMap(({ symbol, change }) => (change === null ? [] : [{ symbol, change }]));
  const changes = movers.map(({ change }) => change);
  const { outliers, others } = outliersOf(movers);
  const usual = others.map(({ change }) => change);
  const totalVolume = active.length === 0 ? null : finite(sumOf(active.map(({ turnover }) => turnover ?? 0)));
  const known = changes.length > 0;
  const measured = {
    averageChange: known ? finite(meanOf(changes)) : null,
    dispersion: deviationOf(changes),
    robustChange: usual.length > 0 ? finite(meanOf(usual)) : null,
    robustDispersion: deviationOf(usual),
    outliers,
    advancers: known ? changes.filter((change) => change > 0).length : null,
    decliners: known ? changes.filter((change) => change < 0).length : null,
    btcChange: btcChangeOf(tickers, options.quote),
  };
  const interests = active.flatMap(({ openInterest }) => openInterest ?? []);
  return {
    observedAt,
    regime: regimeOf(
      { ...measured, averageChange: measured.robustChange, dispersion: measured.robustDispersion },
      before,
    ),
    activePairs: active.length,
    averageVolume: totalVolume === null ? null : totalVolume / active.length,
    totalVolume,
    marketCap: null,
    realisedVolatility: btcDailyCloses === null ? null : realisedVolatilityOf(btcDailyCloses),
    openInterest: interests.length === 0 ? null : finite(sumOf(interests)),
    trendStrength: null,
    ...measured,
    ...moversOf(active),
    funding: fundingOf(active),
  };
}

/** Standard deviation of daily log returns, a year's worth, in percent. */
export function realisedVolatilityOf(dailyCloses: readonly number[]): number | null {
  const returns = logReturnsOf(dailyCloses);
  const deviation = returns === null || returns.length < dailyReturnsMin ? null : deviationOf(returns);
  return deviation === null ? null : finite(deviation * Math.sqrt(365) * 100);
}

/** BTC's own change; where it is quoted in several markets, the one with the most turnover. */
function btcChangeOf(tickers: readonly Ticker[], quote: string): number | null {
  const quoted = tickers.filter((ticker) => ticker.symbol === `BTC${quote}` && ticker.change !== null);
  return quoted.toSorted((a, b) => (b.turnover ?? -1) - (a.turnover ?? -1))[0]?.change ?? null;
}
