import { dayMs } from "../core/duration";
import { isOfTwoCoins, type ExchangeSpread } from "../core/overview/exchange-spread";
import { LogInterval } from "../core/log-interval";
import { formatPercent } from "../core/text";

/** Pairs of one name that are probably two coins; each is said once a day. */
export class CoinNames {
  readonly #interval = new LogInterval<string>(dayMs);

  /** What there is to say of the spread now; null where it is of one coin, or that was said within a day. */
  doubt(spread: ExchangeSpread, now: number): string | null {
    if (!isOfTwoCoins(spread)) return null;
    const { symbol, buy, sell, gross } = spread;
    const names = [buy.exchange, sell.exchange].toSorted();
    if (!this.#interval.may([symbol, ...names].join(" "), now)) return null;
    return (
      `${symbol} on ${names.join(" and on ")} is probably not the same coin: their prices are ` +
      `${formatPercent(gross, 0)} apart; name one of them otherwise with the exchange's assets.map, or ` +
      "leave it out with assets.exclude"
    );
  }
}
