import { minuteMs } from "../../core/duration";
import type { Market as CcxtMarket } from "ccxt";
import type { ExchangeConfig } from "../config";
import { ExchangeError } from "../exchange-error";
import type { Client } from "./client";
import { isRow, priceOf } from "./reading";
import type { Transport } from "./transport";

/** A pair the exchange trades now, by its own name and by ours. */
export interface Market {
  /** As the exchange's API names it. */
  readonly id: string;
  /** Canonical: BTCUSDT. */
  readonly symbol: string;
  /** As ccxt names it: BTC/USDT:USDT. */
  readonly unified: string;
  readonly quote: string;
  readonly market: "spot" | "perp" | "future";
  /** Between two payments, where the exchange's list says. */
  readonly fundingHours: number | null;
}

/** The pairs now trading, under each of their names. */
export interface Listing {
  readonly byId: ReadonlyMap<string, Market>;
  readonly byUnified: ReadonlyMap<string, Market>;
  readonly bySymbol: ReadonlyMap<string, Market>;
}

const refreshMs = 30 * minuteMs;
const CANONICAL = /^[A-Z0-9][A-Z0-9._:/-]{0,39}$/;

/** What the exchange trades: requested once, and again every 30 min, so that what is listed and delisted is noticed. */
export class Markets {
  readonly #client: Client;
  readonly #transport: Transport;
  readonly #elapsed: () => number;
  #listing: Listing | null = null;
  #readAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<Listing> | null = null;

  readonly #assets: ExchangeConfig["assets"];

  constructor(client: Client, transport: Transport, elapsed: () => number, assets: ExchangeConfig["assets"]) {
    this.#assets = assets;
    this.#client = client;
    this.#transport = transport;
    this.#elapsed = elapsed;
  }

  /** Pairs now trading; null before they were read. */
  get count(): number | null {
    return this.#listing?.byId.size ?? null;
  }

  async listing(): Promise<Listing> {
    if (this.#listing !== null && this.#elapsed() - this.#readAt < refreshMs) return this.#listing;
    this.#reading ??= this.#transport.shared(() => this.#read()).finally(() => (this.#reading = null));
    return this.#reading;
  }

  async #read(): Promise<Listing> {
    try {
      return await this.#load();
    } catch (error) {
      // What it traded half an hour ago is nearly what it trades now, and the next call requests it again. An exchange
      // that turned us away is left alone.
      if (this.#listing !== null && !(error instanceof ExchangeError && error.code === "rate-limited"))
        return this.#listing;
      throw error;
    }
  }

  async #load(): Promise<Listing> {
    await this.#client.loadMarkets(true);
    const listing = listingOf(Object.values<CcxtMarket>(this.#client.markets ?? {}), this.#assets);
    // ccxt reads a list it does not understand as an empty one.
    if (listing.byId.size === 0) throw new ExchangeError("bad-answer", "It lists no pair that trades.");
    this.#listing = listing;
    this.#readAt = this.#elapsed();
    return listing;
  }
}

function listingOf(markets: readonly CcxtMarket[], assets: ExchangeConfig["assets"]): Listing {
  const trading = markets.flatMap((market) => marketOf(market, assets) ?? []);
  return {
    byId: new Map(trading.map((market) => [market.id, market])),
    byUnified: new Map(trading.map((market) => [market.unified, market])),
    bySymbol: new Map(trading.map((market) => [market.symbol, market])),
  };
}

function marketOf(market: CcxtMarket, { map, exclude }: ExchangeConfig["assets"]): Market | null {
  if (market === undefined || market.id === undefined || market.active === false || market.option === true) return null;
  const base = (market.baseId ?? market.base ?? "").toUpperCase();
  if (exclude.includes(base)) return null;
  const dated = market.future === true;
  const symbol =
    (map[base] === undefined ? pairOf(market) : `${map[base]}${market.quote}`.toUpperCase()) +
    (dated ? `-${market.symbol.split("-").at(-1)}` : "");
  if (!CANONICAL.test(symbol)) return null;
  return {
    id: market.id,
    symbol,
    unified: market.symbol,
    quote: market.quote,
    market: dated ? "future" : market.swap === true ? "perp" : "spot",
    fundingHours: fundingHoursOf(market.info),
  };
}

/** Bybit's list of instruments gives it in minutes. */
function fundingHoursOf(info: unknown): number | null {
  const minutes = isRow(info) ? priceOf(info["fundingInterval"]) : null;
  return minutes === null ? null : minutes / 60;
}

/**
 * Base and quote joined. ccxt renames a few currencies; where base and quote as the exchange writes them are
 * its name of the pair, that name is what its users' reports say too.
 */
function pairOf(market: NonNullable<CcxtMarket>): string {
  const own = `${market.baseId ?? ""}${market.quoteId ?? ""}`.toUpperCase();
  return own === market.id?.toUpperCase() ? own : `${market.base}${market.quote}`.toUpperCase();
}
