import type ccxtModule from "ccxt";
import type { Exchange as Client } from "ccxt";
import type { ExchangeConfig } from "../config";
import { ExchangeError } from "../exchange-error";
import { turnMsMax, type Transport } from "./transport";

export type { Client };
export type Ccxt = typeof ccxtModule;

/** How often ccxt looks whether the next request may go; its own 1 ms is a hundred wake-ups for one request. */
const turnSeconds = 0.01;

/** Makes ccxt's client for one exchange; nothing is requested yet. Throws where ccxt does not know the exchange. */
export function makeClient(
  ccxt: Ccxt,
  config: ExchangeConfig,
  transport: Transport,
  rateLimitMs: number | undefined,
): Client {
  const Kind = (ccxt as unknown as Record<string, new (settings: object) => Client>)[config.id];
  if (Kind === undefined || !ccxt.exchanges.includes(config.id))
    throw new Error(`exchange ${config.name}: there is no exchange ${config.id}`);
  const client = new Kind({
    enableRateLimit: rateLimitMs !== 0,
    ...(rateLimitMs === undefined ? {} : { rateLimit: rateLimitMs }),
    tokenBucket: { delay: turnSeconds },
    // Ours ends a request; ccxt's begins before the wait for its turn.
    timeout: config.timeoutMs + turnMsMax,
    fetchImplementation: transport.fetch,
    // The last answer would be kept in memory for nothing.
    enableLastHttpResponse: false,
    enableLastResponseHeaders: false,
    // Only order ids need it, and it walks every answer once more.
    quoteJsonNumbers: false,
    has: { fetchCurrencies: false },
    options: {
      ...(config.market === "spot" ? { defaultType: "spot" } : { defaultType: "swap", defaultSubType: "linear" }),
      fetchMarkets: { types: [config.market] },
    },
  });
  refuseNonJson(client);
  if (config.url !== undefined)
    client.urls = { ...client.urls, api: moved(client.urls["api"], new URL(config.url).origin) as Client["urls"] };
  return client;
}

/** ccxt takes an answer that is no JSON for an empty list. */
function refuseNonJson(client: Client): void {
  const parse = client.parseJson.bind(client);
  client.parseJson = (text: unknown) => {
    const value: unknown = parse(text);
    if (value === undefined) throw new ExchangeError("bad-answer", "It answered with something that is no JSON.");
    return value;
  };
}

/** The same addresses below another origin. */
function moved(urls: unknown, origin: string): unknown {
  if (typeof urls === "string") return urls.replace(/^https?:\/\/[^/]+/, origin);
  if (typeof urls !== "object" || urls === null) return urls;
  return Object.fromEntries(Object.entries(urls).map(([key, value]) => [key, moved(value, origin)]));
}
