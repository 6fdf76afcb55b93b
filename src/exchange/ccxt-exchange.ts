import { candleMs, type Candle, type CandleTimeframe } from "../core/candle";
import type { Ticker } from "../core/ticker";
import type { Ccxt, Client } from "./ccxt/client";
import type { Dialect } from "./ccxt/dialect";
import { errorOf } from "./ccxt/error";
import type { Market, Markets } from "./ccxt/markets";
import type { Transport } from "./ccxt/transport";
import type { CandleRange, Exchange } from "./exchange";
import type { ExchangeClock } from "./exchange-clock";
import { ExchangeError } from "./exchange-error";

/** What an exchange is made of once ccxt is loaded. */
interface Parts {
  readonly ccxt: Ccxt;
  readonly client: Client;
  readonly transport: Transport;
  readonly dialect: Dialect;
  readonly markets: Markets;
  readonly clock: ExchangeClock;
  readonly now: () => number;
}

/** Any exchange ccxt knows, by its public endpoints. */
export class CcxtExchange implements Exchange {
  readonly name: string;
  readonly #parts: Parts;

  constructor(name: string, parts: Parts) {
    this.name = name;
    this.#parts = parts;
  }

  get clockAheadMs(): number | null {
    return this.#parts.clock.aheadMs;
  }

  get listed(): number | null {
    return this.#parts.dialect.quotesAllListed ? this.#parts.markets.count : null;
  }

  tickers(signal: AbortSignal): Promise<readonly Ticker[]> {
    const { client, dialect, markets, clock, now } = this.#parts;
    return this.#call(signal, async () => {
      const read = await dialect.tickers(client, await markets.listing(), () => now() - (clock.aheadMs ?? 0));
      const tickers = byOurClock(
        read.filter((ticker) => ticker !== null),
        clock.aheadMs ?? 0,
        now(),
      );
      if (tickers.length === 0)
        throw new ExchangeError("bad-answer", `None of its ${read.length} tickers can be read.`);
      return tickers;
    });
  }

  candles(
    symbol: string,
    timeframe: CandleTimeframe,
    range: CandleRange,
    signal: AbortSignal,
  ): Promise<readonly Candle[]> {
    return this.#call(signal, async () => {
      const market = (await this.#parts.markets.listing()).bySymbol.get(symbol);
      if (market === undefined) throw new ExchangeError("unknown-symbol", `${this.name} does not trade ${symbol}.`);
      return this.#pages(market, timeframe, range, signal);
    });
  }

  async #pages(market: Market, timeframe: CandleTimeframe, range: CandleRange, signal: AbortSignal): Promise<Candle[]> {
    const { client, dialect, clock, now } = this.#parts;
    const ms = candleMs[timeframe];
    const first = Math.ceil(range.since / ms) * ms;
    const last = Math.floor(range.until / ms) * ms - ms;
    const candles: Candle[] = [];
    for (let since = first; since <= last;) {
      signal.throwIfAborted();
      const limit = Math.min(dialect.pageSize, (last - since) / ms + 1);
      const end = since + (limit - 1) * ms;
      const answer = await dialect.candles(client, { market, timeframe, since, last: end, limit });
      // By the exchange's own clock: one that is in the making there is not closed, whatever ours says.
      const page = inOrder(answer, since, Math.min(end, now() - (clock.aheadMs ?? 0) - ms), ms);
      candles.push(...page);
      // An exchange may give fewer than requested: go on after what came, and past a stretch that has none.
      since = (page.at(-1)?.at ?? end) + ms;
    }
    return candles;
  }

  async #call<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#parts.transport.within(signal, work);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw errorOf(this.#parts.ccxt, this.name, error);
    }
  }
}

/** When each was so by our clock; never later than now. */
function byOurClock(tickers: readonly Ticker[], aheadMs: number, now: number): readonly Ticker[] {
  if (aheadMs === 0 && tickers.every(({ at }) => at <= now)) return tickers;
  return tickers.map((ticker) => ({ ...ticker, at: Math.min(ticker.at + aheadMs, now) }));
}

/** Those that opened on the grid from `since` to `last`, oldest first, each once. */
function inOrder(answer: readonly (Candle | null)[], since: number, last: number, ms: number): Candle[] {
  const byTime = new Map<number, Candle>();
  for (const candle of answer) {
    if (candle !== null && candle.at >= since && candle.at <= last && candle.at % ms === 0)
      byTime.set(candle.at, candle);
  }
  return [...byTime.values()].toSorted((a, b) => a.at - b.at);
}
