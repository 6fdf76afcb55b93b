import { minuteMs } from "../../core/duration";
import type { ExchangeConfig } from "../config";

/** What an exchange publishes of its limits for one address: so much weight in so long, and what a request weighs. */
export interface PublishedLimit {
  readonly weight: number;
  readonly perMs: number;
  weightOf(path: string, parameters: URLSearchParams): number;
}

/** An endpoint whose weight is not listed here. */
const unknownWeight = 20;

type Weight = number | ((parameters: URLSearchParams) => number);

/** By the last part of a path. */
function weighedBy(weights: ReadonlyMap<string, Weight>): PublishedLimit["weightOf"] {
  return (path, parameters) => {
    const weight = weights.get(path.slice(path.lastIndexOf("/") + 1)) ?? unknownWeight;
    return typeof weight === "number" ? weight : weight(parameters);
  };
}

/** Of one symbol, of all at once. */
function oneOrAll(one: number, all: number): Weight {
  return (parameters) => (parameters.has("symbol") ? one : all);
}

/** bybit-exchange.github.io/docs/v5/rate-limit: 600 requests within 5 s, whatever they request. */
const bybit: PublishedLimit = { weight: 600, perMs: 5000, weightOf: () => 1 };

/** developers.binance.com/docs/binance-spot-api-docs: 6,000 a minute. */
const binanceSpot: PublishedLimit = {
  weight: 6000,
  perMs: minuteMs,
  weightOf: weighedBy(
    new Map<string, Weight>([
      ["ping", 1],
      ["time", 1],
      ["klines", 2],
      ["24hr", oneOrAll(2, 80)],
      ["bookTicker", oneOrAll(2, 4)],
    ]),
  ),
};

/** developers.binance.com/docs/derivatives/usds-margined-futures: 2,400 a minute, candles by how many are requested. */
const binanceLinear: PublishedLimit = {
  weight: 2400,
  perMs: minuteMs,
  weightOf: weighedBy(
    new Map<string, Weight>([
      ["ping", 1],
      ["time", 1],
      ["exchangeInfo", 1],
      ["klines", (parameters) => klinesWeight(Number(parameters.get("limit") ?? 500))],
      ["24hr", oneOrAll(1, 40)],
      ["bookTicker", oneOrAll(2, 5)],
      ["premiumIndex", oneOrAll(1, 10)],
    ]),
  ),
};

function klinesWeight(limit: number): number {
  return limit < 100 ? 1 : limit < 500 ? 2 : limit <= 1000 ? 5 : 10;
}

/** Null where we have not read what it publishes: ccxt's own limit holds. */
export function publishedLimitOf({ id, market }: Pick<ExchangeConfig, "id" | "market">): PublishedLimit | null {
  if (id === "bybit") return bybit;
  if (id === "binance") return market === "spot" ? binanceSpot : binanceLinear;
  return null;
}
