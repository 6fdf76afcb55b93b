import { formatPercent } from "../text";
import type { Ticker } from "../ticker";
import { fundingPerSpan, fundingSpanHours } from "./funding";
import type { MarketFinding } from "./market-finding";
import { trades, type OverviewOptions } from "./market-view";

/** Ratio per 8 h, either sign: ten times the usual .01 %. */
const fundingLimit = 0.001;

/**
 * Active pairs whose funding is far from nothing, the farthest first. One whose interval is not known cannot be
 * compared, and is left out.
 */
export function fundingExtremes(
  tickers: readonly Ticker[],
  options: OverviewOptions,
  exchange: string | null,
  limit = fundingLimit,
): MarketFinding[] {
  return tickers
    .flatMap((ticker) => {
      const { symbol, turnover, at, fundingRate, fundingHours } = ticker;
      const rate = fundingPerSpan(ticker);
      return rate !== null &&
        fundingRate !== null &&
        fundingHours !== null &&
        Math.abs(rate) >= limit &&
        turnover !== null &&
        trades(ticker, options)
        ? [{ symbol, rate, turnover, at, paid: fundingRate, hours: fundingHours }]
        : [];
    })
    .toSorted((a, b) => Math.abs(b.rate) - Math.abs(a.rate) || b.turnover - a.turnover)
    .map(({ symbol, rate, turnover, at, paid, hours }) => ({
      name: "funding-extreme",
      symbol,
      exchange,
      message:
        `${symbol} pays ${formatPercent(Math.abs(rate), 3)} per ${fundingSpanHours} ` +
        `h${hours === fundingSpanHours ? "" : ` (${formatPercent(Math.abs(paid), 3)} every ${hours} h)`}, ` +
        (rate > 0 ? "longs to shorts" : "shorts to longs"),
      observedAt: at,
      why: [
        { name: `funding % per ${fundingSpanHours} h`, value: rate * 100, limit: Math.sign(rate) * limit * 100 },
        { name: "funding interval h", value: hours, limit: null },
        { name: "turnover", value: turnover, limit: options.minTurnover },
      ],
    }));
}
