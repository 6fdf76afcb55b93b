import type { Funding, FundingRate } from "../market";
import type { Ticker } from "../ticker";
import { finite, finiteRatio } from "./statistics";

/** Rates are compared over this time, whatever the interval they are paid in. */
export const fundingSpanHours = 8;

/** What holding costs over 8 h, as a ratio: pairs are paid every 1, 4 or 8 h. Null where the rate or its interval is not known. */
export function fundingPerSpan({
  fundingRate,
  fundingHours,
}: Pick<Ticker, "fundingRate" | "fundingHours">): number | null {
  return fundingRate === null || fundingHours === null || fundingHours <= 0 || finiteRatio(fundingRate) === null
    ? null
    : finiteRatio((fundingRate * fundingSpanHours) / fundingHours);
}

/** What holding costs across the pairs whose rate and interval are known, per 8 h; null where none is, or none of them trades. */
export function fundingOf(active: readonly Ticker[]): Funding | null {
  let weight = 0;
  let weighted = 0;
  let pairs = 0;
  let highest: FundingRate | null = null;
  let lowest: FundingRate | null = null;
  for (const ticker of active) {
    const { symbol, turnover } = ticker;
    const rate = fundingPerSpan(ticker);
    if (rate === null || turnover === null) continue;
    pairs += 1;
    weight += turnover;
    weighted += rate * turnover;
    if (highest === null || rate > highest.rate) highest = { symbol, rate };
    if (lowest === null || rate < lowest.rate) lowest = { symbol, rate };
  }
  const mean = weight > 0 ? finite(weighted / weight) : null;
  return highest === null || lowest === null || mean === null ? null : { mean, highest, lowest, pairs };
}
