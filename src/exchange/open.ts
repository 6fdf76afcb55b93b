import { CcxtExchange } from "./ccxt-exchange";
import { makeClient } from "./ccxt/client";
import { dialectOf } from "./ccxt/dialects";
import { Markets } from "./ccxt/markets";
import { Transport } from "./ccxt/transport";
import type { ExchangeConfig } from "./config";
import type { Exchange } from "./exchange";
import { ExchangeClock } from "./exchange-clock";
import { HostLimits } from "./limits/host-limits";
import { publishedLimitOf } from "./limits/published";

export interface OpenOptions {
  /** Epoch ms: the age of what carries no time of its own. */
  readonly now: () => number;
  /** Monotonic, ms: how long the exchange wants to be left alone. The machine's own where left out. */
  readonly elapsed?: () => number;
  /** Time between two requests of cost 1; ccxt's own for the exchange where left out, 0 for none at all. */
  readonly rateLimitMs?: number;
  /** Shared by all that are opened of one host; its own where left out. */
  readonly hosts?: HostLimits;
}

/** Loads ccxt and makes an exchange of the config; nothing is requested yet. Throws where ccxt does not know the exchange. */
export async function openExchange(
  config: ExchangeConfig,
  { now, elapsed = () => performance.now(), rateLimitMs, hosts = new HostLimits() }: OpenOptions,
): Promise<Exchange> {
  // A third of a second and 55 MB: only for whoever configured an exchange.
  const { default: ccxt } = await import("ccxt");
  const clock = new ExchangeClock();
  const limit = rateLimitMs === undefined ? publishedLimitOf(config) : null;
  const transport = new Transport({ timeoutMs: config.timeoutMs, now, elapsed, hosts, limit, clock });
  const client = makeClient(ccxt, config, transport, limit === null ? rateLimitMs : 0);
  return new CcxtExchange(config.name, {
    ccxt,
    client,
    transport,
    dialect: dialectOf(config),
    markets: new Markets(client, transport, elapsed, config.assets),
    clock,
    now,
  });
}
