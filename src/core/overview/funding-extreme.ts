import { formatPercent } from "../text";
import type { Ticker } from "../ticker";
import type { MarketFinding } from "./market-finding";
import type { OverviewOptions } from "./market-view";

/** Ratio per funding interval, either sign: ten times the usual .01 %. */
export const fundingLimit = 0.001;

/** Active pairs whose funding is far from nothing, the farthest first. */
export function fundingExtremes(tickers: readonly Ticker[], { quote, minTurnover }: OverviewOptions, exchange: string | null, limit = fundingLimit): MarketFinding[] {
  return tickers
    .flatMap(({ symbol, fundingRate: rate, turnover, at, ...ticker }) =>
      rate !== null && Math.abs(rate) >= limit && turnover !== null && turnover >= minTurnover && ticker.quote === quote ? [{ symbol, rate, turnover, at }] : [],
    )
    .toSorted((a, b) => Math.abs(b.rate) - Math.abs(a.rate) || b.turnover - a.turnover)
    .map(({ symbol, rate, turnover, at }) => ({
      name: "funding-extreme",
      symbol,
      exchange,
      message: `${symbol} pays ${formatPercent(Math.abs(rate), 3)} a funding interval, ${rate > 0 ? "longs to shorts" : "shorts to longs"}`,
      observedAt: at,
      why: [
        { name: "funding %", value: rate * 100, limit: Math.sign(rate) * limit * 100 },
        { name: "turnover", value: turnover, limit: minTurnover },
      ],
    }));
}
