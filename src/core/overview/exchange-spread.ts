import { ageOf } from "../quote-age";
import { formatDuration, formatPercent } from "../text";
import type { Ticker } from "../ticker";
import type { MarketFinding } from "./market-finding";
import { finiteRatio } from "./statistics";

/** One exchange's best prices of a pair. */
export interface Quote {
  readonly exchange: string;
  readonly symbol: string;
  readonly market: Ticker["market"];
  readonly bid: number;
  readonly ask: number;
  /** When it was so, epoch ms. */
  readonly at: number;
  /** Taker fee as a ratio: .0006. */
  readonly fee: number;
  /** Of a perpetual, ratio per 8 h; null where there is none, or it is not known. */
  readonly funding: number | null;
}

/** Buying a pair on one exchange and selling it on another. */
export interface ExchangeSpread {
  readonly symbol: string;
  readonly buy: Quote;
  readonly sell: Quote;
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

/** Ratio, before fees: no two exchanges are this far apart over one coin, two coins of one name are. */
const sameCoinLimit = 0.15;

/** Whether the two quotes are probably of different coins that happen to have one name. */
export function isOfTwoCoins({ gross }: ExchangeSpread): boolean {
  return gross > sameCoinLimit;
}

/** The better way round of two exchanges' quotes of one pair; null where a quote is none. */
export function exchangeSpread(a: Quote, b: Quote, now: number): ExchangeSpread | null {
  const [oneWay, otherWay] = [spreadBetween(a, b, now), spreadBetween(b, a, now)];
  if (oneWay === null || otherWay === null) return null;
  return oneWay.net >= otherWay.net ? oneWay : otherWay;
}

/** A spread that pays after fees, on quotes that are both fresh and of one kind of market: a perpetual against spot is a basis. */
export function wideSpread(
  spread: ExchangeSpread,
  now: number,
  limits: SpreadLimits = spreadLimits,
): MarketFinding | null {
  const { buy, sell } = spread;
  if (
    buy.market !== sell.market ||
    isOfTwoCoins(spread) ||
    spread.net < limits.net ||
    spread.buyAgeMs > limits.ageMs ||
    spread.sellAgeMs > limits.ageMs
  )
    return null;
  const older = Math.max(spread.buyAgeMs, spread.sellAgeMs);
  return {
    name: "exchange-spread",
    symbol: spread.symbol,
    exchange: null,
    message:
      `${spread.symbol} bought on ${buy.exchange} and sold on ${sell.exchange} gives ` +
      `${formatPercent(spread.net, 2)} after fees, quotes up to ${formatDuration(older)} old`,
    observedAt: now - older,
    why: [
      { name: "net %", value: spread.net * 100, limit: limits.net * 100 },
      { name: "gross %", value: spread.gross * 100, limit: null },
      { name: `age of the quote on ${buy.exchange} ms`, value: spread.buyAgeMs, limit: limits.ageMs },
      { name: `age of the quote on ${sell.exchange} ms`, value: spread.sellAgeMs, limit: limits.ageMs },
    ],
  };
}

function spreadBetween(buy: Quote, sell: Quote, now: number): ExchangeSpread | null {
  if (buy.symbol !== sell.symbol || !(buy.ask > 0) || !(sell.bid > 0)) return null;
  const gross = finiteRatio(sell.bid / buy.ask - 1);
  const net = finiteRatio((sell.bid * (1 - sell.fee)) / (buy.ask * (1 + buy.fee)) - 1);
  if (gross === null || net === null) return null;
  return {
    symbol: buy.symbol,
    buy,
    sell,
    gross,
    net,
    buyAgeMs: ageOf(buy.at, now),
    sellAgeMs: ageOf(sell.at, now),
  };
}
