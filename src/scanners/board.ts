import type { MarketView } from "../core/market";
import { trades } from "../core/overview/market-view";
import type { Ticker } from "../core/ticker";
import type { MarketScope } from "./exchange-port";

/** What one exchange last said of all its pairs. */
export interface Quotes {
  readonly exchange: string;
  readonly scope: MarketScope;
  readonly tickers: ReadonlyMap<string, Ticker>;
  readonly view: MarketView;
  /** When it answered, epoch ms. */
  readonly at: number;
  /** When most of what it quotes was so, by its own word. */
  readonly quotedAt: number;
}

/** The last good quotes of every exchange, with their age: a failing scan leaves them standing. */
export class Board {
  readonly #quotes = new Map<string, Quotes>();

  put(quotes: Quotes): void {
    this.#quotes.set(quotes.exchange, quotes);
  }

  of(exchange: string): Quotes | undefined {
    return this.#quotes.get(exchange);
  }

  get all(): readonly Quotes[] {
    return [...this.#quotes.values()];
  }

  /** Pairs of an exchange that count, the most traded first. */
  top(exchange: string): Ticker[] {
    const quotes = this.#quotes.get(exchange);
    if (!quotes) return [];
    return [...quotes.tickers.values()]
      .filter((ticker) => trades(ticker, quotes.scope))
      .toSorted((a, b) => (b.turnover ?? 0) - (a.turnover ?? 0))
      .slice(0, quotes.scope.top);
  }
}
