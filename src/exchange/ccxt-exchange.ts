import { candleMs, type Candle, type CandleTimeframe } from "../core/candle";
import type { Ticker } from "../core/ticker";
import { makeClient, type Ccxt, type Client } from "./ccxt/client";
import { dialectOf, type Dialect } from "./ccxt/dialect";
import { errorOf } from "./ccxt/error";
import { Markets, type Market } from "./ccxt/markets";
import { Transport } from "./ccxt/transport";
import type { ExchangeConfig } from "./config";
import type { CandleRange, Exchange } from "./exchange";
import { ExchangeError } from "./exchange-error";

export interface ExchangeClock {
  /** Epoch ms: the age of what carries no time of its own. */
  readonly now: () => number;
  /** Monotonic, ms: how long the exchange wants to be left alone. */
  readonly elapsed: () => number;
  /** Time between two requests of cost 1; ccxt's own for the exchange where left out. */
  readonly rateLimitMs?: number;
}

/** Loads ccxt and makes an exchange of the config; nothing is asked of it yet. Throws where ccxt does not know the exchange. */
export async function openExchange(config: ExchangeConfig, clock: ExchangeClock): Promise<Exchange> {
  // A third of a second and 55 MB: only for whoever configured an exchange.
  const { default: ccxt } = await import("ccxt");
  const transport = new Transport(config.timeoutMs, clock.elapsed);
  return new CcxtExchange(ccxt, config, makeClient(ccxt, config, transport, clock.rateLimitMs), transport, clock);
}

class CcxtExchange implements Exchange {
  readonly name: string;
  readonly #ccxt: Ccxt;
  readonly #client: Client;
  readonly #transport: Transport;
  readonly #dialect: Dialect;
  readonly #markets: Markets;
  readonly #now: () => number;
  #leftOut: number | null = null;

  constructor(ccxt: Ccxt, config: ExchangeConfig, client: Client, transport: Transport, clock: ExchangeClock) {
    this.name = config.name;
    this.#ccxt = ccxt;
    this.#client = client;
    this.#transport = transport;
    this.#dialect = dialectOf(config);
    this.#markets = new Markets(client, transport, clock.elapsed);
    this.#now = clock.now;
  }

  get leftOut(): number | null {
    return this.#leftOut;
  }

  tickers(signal: AbortSignal): Promise<readonly Ticker[]> {
    return this.#call(signal, async () => {
      const read = await this.#dialect.tickers(this.#client, await this.#markets.listing(), this.#now);
      const tickers = read.filter((ticker) => ticker !== null);
      if (tickers.length === 0) throw new ExchangeError("bad-answer", `None of its ${read.length} tickers can be read.`);
      this.#leftOut = read.length - tickers.length;
      return tickers;
    });
  }

  candles(symbol: string, timeframe: CandleTimeframe, range: CandleRange, signal: AbortSignal): Promise<readonly Candle[]> {
    return this.#call(signal, async () => {
      const market = (await this.#markets.listing()).bySymbol.get(symbol);
      if (market === undefined) throw new ExchangeError("unknown-symbol", `${this.name} does not trade ${symbol}.`);
      return this.#pages(market, timeframe, range, signal);
    });
  }

  async #pages(market: Market, timeframe: CandleTimeframe, range: CandleRange, signal: AbortSignal): Promise<Candle[]> {
    const ms = candleMs[timeframe];
    const first = Math.ceil(range.since / ms) * ms;
    const last = Math.floor(range.until / ms) * ms - ms;
    const candles: Candle[] = [];
    for (let since = first; since <= last; ) {
      signal.throwIfAborted();
      const limit = Math.min(this.#dialect.pageSize, (last - since) / ms + 1);
      const end = since + (limit - 1) * ms;
      const answer = await this.#dialect.candles(this.#client, { market, timeframe, since, last: end, limit });
      const page = inOrder(answer, since, end, ms);
      candles.push(...page);
      // An exchange may give fewer than asked: go on after what came, and past a stretch that has none.
      since = (page.at(-1)?.at ?? end) + ms;
    }
    return candles;
  }

  async #call<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    try {
      return await this.#transport.within(signal, work);
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      throw errorOf(this.#ccxt, this.name, error);
    }
  }
}

/** Those that opened on the grid from `since` to `last`, oldest first, each once. */
function inOrder(answer: readonly (Candle | null)[], since: number, last: number, ms: number): Candle[] {
  const byTime = new Map<number, Candle>();
  for (const candle of answer) {
    if (candle !== null && candle.at >= since && candle.at <= last && candle.at % ms === 0) byTime.set(candle.at, candle);
  }
  return [...byTime.values()].toSorted((a, b) => a.at - b.at);
}
