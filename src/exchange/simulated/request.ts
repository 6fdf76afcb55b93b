import type { SimulatedMarket, TradedCandle } from "./market";
import type { Troubles } from "./trouble";
import type { Venue } from "./venue";

/** What a request is for, and what there is to answer it from. */
export interface SimulatedRequest {
  readonly parameters: URLSearchParams;
  readonly market: SimulatedMarket;
  readonly troubles: Troubles;
  /** Epoch ms: the exchange's own time. */
  readonly now: number;
}

/** The length of a candle by how an exchange names it, ms. */
export type Lengths = Readonly<Record<string, number>>;

interface Wanted {
  readonly symbol: string;
  readonly lengthMs: number;
  readonly venue: Venue;
  readonly since: number | null;
  readonly last: number | null;
  readonly limit: number;
}

/** Candles oldest first: from `since` as many as allowed, or else the latest ones. */
export function candlesOf(
  { market, troubles, now }: SimulatedRequest,
  { symbol, lengthMs, venue, since, last, limit }: Wanted,
): TradedCandle[] {
  const latest = Math.min(last ?? now, now);
  const from = since ?? (Math.floor(latest / lengthMs) - limit + 1) * lengthMs;
  const candles = market.candles(symbol, lengthMs, {
    since: from,
    last: Math.min(latest, from + limit * lengthMs - 1),
    now,
    venue,
  });
  return candles.filter(({ at }) => !troubles.missing(symbol, at)).slice(0, limit);
}

/** A whole number from the request; null where there is none. */
export function wholeOf(parameters: URLSearchParams, name: string): number | null {
  const text = parameters.get(name);
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
