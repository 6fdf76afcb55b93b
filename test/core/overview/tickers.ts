import type { Ticker } from "../../../src/core/ticker";

/** An active pair that did not move, but for what is said. */
export function aTicker(said: Partial<Ticker> = {}): Ticker {
  return {
    symbol: "ALTUSDT",
    quote: "USDT",
    market: "perp",
    last: 1,
    bid: 0.999,
    ask: 1.001,
    change: 0,
    turnover: 10e6,
    fundingRate: null,
    fundingHours: 8,
    openInterest: null,
    at: 0,
    ...said,
  };
}
