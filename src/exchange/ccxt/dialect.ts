import type { Candle, CandleTimeframe } from "../../core/candle";
import type { Ticker } from "../../core/ticker";
import type { Client } from "./client";
import type { Listing, Market } from "./markets";

/** How one exchange is queried, and how its answers are read. */
export interface Dialect {
  tickers(client: Client, listing: Listing, now: () => number): Promise<readonly (Ticker | null)[]>;
  /** At most `limit` candles that opened from `since` to `last`, in any order; null for one that cannot be read. */
  candles(client: Client, page: Page): Promise<readonly (Candle | null)[]>;
  /** Whether every pair that is listed is quoted too: what is missing was not answered. */
  readonly quotesAllListed: boolean;
  /** Candles in one answer. */
  readonly pageSize: number;
}

/** Opening times, epoch ms, both included. */
interface Page {
  readonly market: Market;
  readonly timeframe: CandleTimeframe;
  readonly since: number;
  readonly last: number;
  readonly limit: number;
}
