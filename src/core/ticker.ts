/** One pair as an exchange quotes it at one moment. What the exchange does not give is null. */
export interface Ticker {
  /** Canonical, base and quote joined: BTCUSDT. */
  readonly symbol: string;
  /** Quote currency, upper case: USDT. */
  readonly quote: string;
  readonly market: "spot" | "perp" | "future";
  readonly last: number;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Over 24 h, percent. */
  readonly change: number | null;
  /** Over 24 h, in quote currency. */
  readonly turnover: number | null;
  /** Ratio per funding interval. */
  readonly fundingRate: number | null;
  /** Hours from one funding to the next: 1, 4, 8. */
  readonly fundingHours: number | null;
  /** In quote currency. */
  readonly openInterest: number | null;
  /** When it was so, epoch ms. */
  readonly at: number;
}
