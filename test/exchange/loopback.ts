import { binance, bybit, exchangeSchema, type ExchangeFile } from "../../src/exchange/config";
import type { Exchange } from "../../src/exchange/exchange";
import { openExchange } from "../../src/exchange/open";
import { SimulatedMarket } from "../../src/exchange/simulated/market";
import { startSimulatedExchange, type SimulatedExchange } from "../../src/exchange/simulated/server";
import type { Venue } from "../../src/exchange/simulated/venue";

export type Dialect = "bybit linear" | "bybit spot" | "binance spot" | "an exchange as ccxt reads it";

export interface Loopback extends AsyncDisposable {
  readonly exchange: Exchange;
  readonly server: SimulatedExchange;
  readonly market: SimulatedMarket;
  readonly venue: Venue;
  /** Lets time pass for the exchange's client. */
  wait(ms: number): void;
}

/** 20 s into a minute. */
export const noon = Date.parse("2026-03-10T12:00:20Z");

/** One for all: nothing that is asked of it changes it. */
const market = new SimulatedMarket({ seed: "loopback" });

const kinds: Readonly<Record<Dialect, { venue: Venue; config: (timeoutMs: number, url: string) => ExchangeFile }>> = {
  "bybit linear": { venue: "bybit-linear", config: (timeoutMs, url) => bybit({ url, timeoutMs }) },
  "bybit spot": { venue: "bybit-spot", config: (timeoutMs, url) => bybit({ url, timeoutMs, market: "spot" }) },
  // It speaks as Binance does, and nothing here knows its words.
  "an exchange as ccxt reads it": {
    venue: "binance-spot",
    config: (timeoutMs, url) => ({
      kind: "exchange",
      id: "binanceus",
      name: "binanceus",
      market: "spot",
      url,
      timeoutMs,
    }),
  },
  "binance spot": { venue: "binance-spot", config: (timeoutMs, url) => binance({ url, timeoutMs }) },
};

export const dialects = Object.keys(kinds) as Dialect[];

/** An exchange at its usual words, with the simulated one behind it, over real HTTP. */
export async function loopback(
  dialect: Dialect,
  { timeoutMs = 2000, now = noon }: { timeoutMs?: number; now?: number } = {},
): Promise<Loopback> {
  const server = startSimulatedExchange({ market, now: () => now });
  let waitedMs = 0;
  const { venue, config } = kinds[dialect];
  const exchange = await openExchange(exchangeSchema.parse(config(timeoutMs, server.url)), {
    now: () => now,
    elapsed: () => performance.now() + waitedMs,
    rateLimitMs: 0.1,
  });
  return {
    exchange,
    server,
    market,
    venue,
    wait: (ms) => void (waitedMs += ms),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export function patience(): AbortSignal {
  return AbortSignal.timeout(10_000);
}

/** What a promise failed with; throws where it did not. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  const outcome = await promise.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  if (outcome === null) throw new Error("it did not fail");
  return outcome.error;
}
