import { nameOf } from "../hosts";

/** What a proxy adds: whoever asks through one is not on this machine. */
const forwardingHeaders = [
  "x-forwarded-for",
  "forwarded",
  "x-forwarded-proto",
  "x-forwarded-host",
  "x-real-ip",
  "via",
  "x-forwarded-server",
  "x-forwarded-port",
  "x-forwarded-prefix",
  "x-forwarded-scheme",
  "x-forwarded-ssl",
  "x-client-ip",
  "true-client-ip",
  "cf-connecting-ip",
];

/** The first header of a request that only a proxy adds; null where there is none. */
export function forwardingHeaderOf(headers: Headers): string | null {
  return forwardingHeaders.find((name) => headers.has(name)) ?? null;
}

export interface ProxyAdviceSettings {
  readonly publicUrl: string | null;
  readonly allowedHosts: readonly string[];
  readonly proxies: readonly string[];
}

/** What is wrong between a proxy and this daemon, and the very line to write. */
export class ProxyAdvice {
  constructor(private readonly settings: ProxyAdviceSettings) {}

  /** Without sign-in, and the request came through a proxy. */
  withoutSignIn(address: string, header: string): string {
    return (
      `A request from ${address} came through a proxy (it carries ${header}), and sign-in is off ` +
      "(VIRTUOSO_AUTH=off): everyone behind that proxy could read and change everything, so it is refused. " +
      `Leave VIRTUOSO_AUTH out, and name the proxy: ${this.#proxiesWith(address)}.`
    );
  }

  /** What it says of who asked is not believed. */
  unnamedProxy(address: string, header: string): string {
    return (
      `${address} sends ${header} and is not named as a proxy: the header is ignored, and everyone behind it ` +
      `counts as ${address} in limits, lock-outs and the audit log. If it is your proxy, write ` +
      `${this.#proxiesWith(address)}.`
    );
  }

  /** `host`: as a Host header has it. */
  unknownHost(host: string | null): string {
    const name = host === null ? null : nameIn(host);
    if (name === null)
      return "The request has no usable host name. Let the proxy pass on the name people use: X-Forwarded-Host, or Host.";
    const unknown = `The request is for ${name}, a name that is not served here.`;
    const further = `${lineFor("allowedHosts", "VIRTUOSO_ALLOWED_HOSTS", [...this.settings.allowedHosts, name])}.`;
    if (this.settings.publicUrl !== null) return `${unknown} If it is one of yours, write ${further}`;
    return (
      `${unknown} If that is the address people use, write server.publicUrl: "https://${name}" in ` +
      `virtuoso.config.ts, or VIRTUOSO_PUBLIC_URL=https://${name}; if it is a further name, ${further}`
    );
  }

  /** A proxy that is trusted says another scheme than the public URL; null where they agree, or it is about another address. */
  otherScheme(address: string, host: string | null, scheme: string | null): string | null {
    const { publicUrl } = this.settings;
    if (publicUrl === null || scheme === null || host === null) return null;
    const { protocol, host: publicHost, hostname } = new URL(publicUrl);
    const wanted = protocol.slice(0, -1);
    if (scheme === wanted || (host !== publicHost && nameIn(host) !== hostname)) return null;
    return (
      `The proxy at ${address} says that ${hostname} was asked for by ` +
      `${known.has(scheme) ? scheme : "another scheme"}, and server.publicUrl is ${publicUrl}, which is gone by. ` +
      `Let it say X-Forwarded-Proto: ${wanted} (nginx: proxy_set_header X-Forwarded-Proto ${wanted}), or write ` +
      `server.publicUrl: "${scheme === "http" ? "http" : "https"}${publicUrl.slice(protocol.length - 1)}".`
    );
  }

  /**
   * A page that may be ours, and does not look so from here; null where nothing says that it is. `proxied`: the
   * request carries what only a proxy adds.
   */
  otherOrigin(origin: string | null, host: string | null, proxied: boolean): string | null {
    const url = origin === null ? null : URL.parse(origin);
    if (url === null || host === null || !/^https?:$/.test(url.protocol)) return null;
    if (url.hostname !== nameIn(host) && !proxied) return null;
    return (
      `The page is at ${url.origin}, and the request came here as ${nameIn(host) ?? "something else"}, as if it ` +
      `were another site's. If that page is this desk, write server.publicUrl: "${url.origin}" in ` +
      `virtuoso.config.ts, or VIRTUOSO_PUBLIC_URL=${url.origin}.`
    );
  }

  #proxiesWith(address: string): string {
    return lineFor("proxies", "VIRTUOSO_PROXIES", [...this.settings.proxies, address]);
  }
}

const known: ReadonlySet<string> = new Set(["http", "https"]);

function lineFor(key: string, variable: string, values: readonly string[]): string {
  return `server.${key}: ${JSON.stringify(values).replaceAll(",", ", ")} in virtuoso.config.ts, or ${variable}=${values.join(",")}`;
}

/** The name without its port, where it is one: what a stranger wrote is shown as a name or not at all. */
function nameIn(host: string): string | null {
  const name = nameOf(host);
  return /^[a-z0-9._-]{1,253}$|^\[[0-9a-f:.]{2,45}\]$/.test(name) ? name : null;
}
