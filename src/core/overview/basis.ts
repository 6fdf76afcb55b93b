import { formatDuration, formatPercent } from "../text";
import { isOfTwoCoins, spreadLimits, type ExchangeSpread, type SpreadLimits } from "./exchange-spread";
import { fundingSpanHours } from "./funding";
import type { MarketFinding } from "./market-finding";

/**
 * A perpetual against spot. What it pays is the distance after both fees and what holding the perpetual for 8 h brings or costs:
 * a premium that funding eats is none. Where funding is not known nothing is said, and dated futures are not judged.
 */
export function wideBasis(
  spread: ExchangeSpread,
  now: number,
  limits: SpreadLimits = spreadLimits,
): MarketFinding | null {
  const { buy, sell, symbol, net, buyAgeMs, sellAgeMs } = spread;
  const perp = [buy, sell].find(({ market }) => market === "perp");
  const spot = [buy, sell].find(({ market }) => market === "spot");
  if (perp === undefined || spot === undefined || perp.funding === null || isOfTwoCoins(spread)) return null;
  // Longs pay shorts where the rate is above zero.
  const carry = perp === sell ? perp.funding : -perp.funding;
  const older = Math.max(buyAgeMs, sellAgeMs);
  if (older > limits.ageMs || net <= 0 || net + carry < limits.net) return null;
  return {
    name: "basis",
    symbol,
    exchange: null,
    message:
      `${symbol}'s perpetual on ${perp.exchange} is ${perp === sell ? "dearer" : "cheaper"} than spot on ` +
      `${spot.exchange}: ${formatPercent(net, 2)} after fees, ` +
      `and funding ${carry < 0 ? "costs" : "pays"} ${formatPercent(Math.abs(carry), 3)} per ` +
      `${fundingSpanHours} h; quotes up to ${formatDuration(older)} old`,
    observedAt: now - older,
    why: [
      { name: `net % with ${fundingSpanHours} h of funding`, value: (net + carry) * 100, limit: limits.net * 100 },
      { name: "net %", value: net * 100, limit: 0 },
      { name: "gross %", value: spread.gross * 100, limit: null },
      { name: `funding % per ${fundingSpanHours} h`, value: perp.funding * 100, limit: null },
      { name: `age of the quote on ${buy.exchange} ms`, value: buyAgeMs, limit: limits.ageMs },
      { name: `age of the quote on ${sell.exchange} ms`, value: sellAgeMs, limit: limits.ageMs },
    ],
  };
}
