import type { MarketView } from "../core/market";
import { trades } from "../core/overview/market-view";
import type { Ticker } from "../core/ticker";
import type { MarketScope } from "./exchange-port";

/** What one exchange last said of all its pairs. */
export interface MarketSnapshot {
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
export class QuoteCache {
  readonly #quotes = new Map<string, MarketSnapshot>();

  put(snapshot: MarketSnapshot): void {
    this.#quotes.set(snapshot.exchange, snapshot);
  }

  of(exchange: string): MarketSnapshot | undefined {
    return this.#quotes.get(exchange);
  }

  get all(): readonly MarketSnapshot[] {
    return [...this.#quotes.values()];
  }

  /** Pairs of an exchange that count, the most traded first. */
  top(exchange: string): Ticker[] {
    const snapshot = this.#quotes.get(exchange);
    if (!snapshot) return [];
    return [...snapshot.tickers.values()]
      .filter((ticker) => trades(ticker, snapshot.scope))
      .toSorted((a, b) => (b.turnover ?? 0) - (a.turnover ?? 0))
      .slice(0, snapshot.scope.top);
  }
}
