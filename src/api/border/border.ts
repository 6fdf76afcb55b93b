import { Hosts } from "../hosts";
import { RateLimits, type RateLimitSettings } from "../limits/rate-limits";
import { CrossOrigin } from "./cors";
import { Proxies } from "./proxies";
import { ProxyAdvice } from "./proxy-advice";
import { StrictTransport } from "./strict-transport";

export interface BorderSettings {
  readonly host: string;
  /** The address people use; null where it is not set. */
  readonly publicUrl: string | null;
  readonly allowedHosts: readonly string[];
  /** Empty, or `/desk`: without a slash at its end. */
  readonly basePath: string;
  readonly proxies: readonly string[];
  readonly cors: readonly string[];
  readonly tls: boolean;
  /** Null where it is not set. */
  readonly hsts: boolean | null;
  readonly rateLimits: RateLimitSettings;
}

/** What stands between the network and the routes; made anew when its settings change. */
export interface Border {
  readonly hosts: Hosts;
  readonly proxies: Proxies;
  readonly advice: ProxyAdvice;
  readonly cors: CrossOrigin;
  readonly strictTransport: StrictTransport;
  readonly basePath: string;
  readonly limits: RateLimits;
}

export function createBorder(settings: BorderSettings): Border {
  return {
    hosts: new Hosts(settings.host, settings.allowedHosts, settings.publicUrl),
    proxies: new Proxies(settings.proxies, settings.tls, settings.publicUrl),
    advice: new ProxyAdvice(settings),
    cors: new CrossOrigin(settings.cors),
    strictTransport: new StrictTransport(settings.hsts, settings.publicUrl),
    basePath: settings.basePath,
    limits: new RateLimits(settings.rateLimits),
  };
}
