import type { Funding, FundingRate } from "../market";
import type { Ticker } from "../ticker";

/** What holding costs across the pairs that tell a rate; null where none does, or none of them trades. */
export function fundingOf(active: readonly Ticker[]): Funding | null {
  let weight = 0;
  let weighted = 0;
  let pairs = 0;
  let highest: FundingRate | null = null;
  let lowest: FundingRate | null = null;
  for (const { symbol, fundingRate: rate, turnover } of active) {
    if (rate === null || turnover === null) continue;
    pairs += 1;
    weight += turnover;
    weighted += rate * turnover;
    if (highest === null || rate > highest.rate) highest = { symbol, rate };
    if (lowest === null || rate < lowest.rate) lowest = { symbol, rate };
  }
  if (highest === null || lowest === null || weight <= 0) return null;
  return { mean: weighted / weight, highest, lowest, pairs };
}
