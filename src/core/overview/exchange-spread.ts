import { formatDuration, formatPercent } from "../text";
import type { MarketFinding } from "./market-finding";

/** One exchange's best prices of a pair. */
export interface Quote {
  readonly exchange: string;
  readonly symbol: string;
  readonly bid: number;
  readonly ask: number;
  /** When it was so, epoch ms. */
  readonly at: number;
  /** Taker fee as a ratio: .0006. */
  readonly fee: number;
}

/** Buying a pair on one exchange and selling it on another. */
export interface ExchangeSpread {
  readonly symbol: string;
  readonly buyOn: string;
  readonly sellOn: string;
  /** Ratio of the money paid, before fees. */
  readonly gross: number;
  /** Ratio of the money paid, both taker fees taken off; below zero where it does not pay. */
  readonly net: number;
  readonly buyAgeMs: number;
  readonly sellAgeMs: number;
}

export interface SpreadLimits {
  /** Net ratio. */
  readonly net: number;
  /** An older quote on either side makes the spread hearsay. */
  readonly ageMs: number;
}

export const spreadLimits: SpreadLimits = { net: 0.003, ageMs: 10_000 };

/** The better way round of two exchanges' quotes of one pair; null where a quote is none. */
export function exchangeSpread(a: Quote, b: Quote, now: number): ExchangeSpread | null {
  const [oneWay, otherWay] = [spreadBetween(a, b, now), spreadBetween(b, a, now)];
  if (oneWay === null || otherWay === null) return null;
  return oneWay.net >= otherWay.net ? oneWay : otherWay;
}

/** A spread that pays after fees, on quotes that are both fresh. */
export function wideSpread(spread: ExchangeSpread, now: number, limits: SpreadLimits = spreadLimits): MarketFinding | null {
  if (spread.net < limits.net || spread.buyAgeMs > limits.ageMs || spread.sellAgeMs > limits.ageMs) return null;
  const older = Math.max(spread.buyAgeMs, spread.sellAgeMs);
  return {
    name: "exchange-spread",
    symbol: spread.symbol,
    exchange: null,
    message: `${spread.symbol} bought on ${spread.buyOn} and sold on ${spread.sellOn} gives ${formatPercent(spread.net, 2)} after fees, quotes up to ${formatDuration(older)} old`,
    observedAt: now - older,
    why: [
      { name: "net %", value: spread.net * 100, limit: limits.net * 100 },
      { name: "gross %", value: spread.gross * 100, limit: null },
      { name: `age of the quote on ${spread.buyOn} ms`, value: spread.buyAgeMs, limit: limits.ageMs },
      { name: `age of the quote on ${spread.sellOn} ms`, value: spread.sellAgeMs, limit: limits.ageMs },
    ],
  };
}

function spreadBetween(buy: Quote, sell: Quote, now: number): ExchangeSpread | null {
  if (buy.symbol !== sell.symbol || !(buy.ask > 0) || !(sell.bid > 0)) return null;
  return {
    symbol: buy.symbol,
    buyOn: buy.exchange,
    sellOn: sell.exchange,
    gross: sell.bid / buy.ask - 1,
    net: (sell.bid * (1 - sell.fee)) / (buy.ask * (1 + buy.fee)) - 1,
    buyAgeMs: Math.max(0, now - buy.at),
    sellAgeMs: Math.max(0, now - sell.at),
  };
}
