import { BlockList, isIP } from "node:net";
import { plainAddress } from "../../auth/address-key";
import { readForwarded } from "./forwarded";

/** Who asks, as far as the network and the trusted proxies show. */
export interface Peer {
  readonly address: string;
  /** It came by TLS, to us or to a trusted proxy. */
  readonly secure: boolean;
  /** The name it asked for. */
  readonly host: string | null;
}

/** The same, and by whom it was handed on. */
export interface Arrival extends Peer {
  /** The address of the trusted proxy next to us; null where there is none. */
  readonly proxy: string | null;
  /** By which scheme that says it was asked; null where it does not say. */
  readonly proxyScheme: string | null;
}

/** The proxies whose word about the caller counts. What anybody else says in `X-Forwarded-*` is not read. */
export class Proxies {
  readonly #list: BlockList | null;
  /** Who asks for this host came by TLS, whatever the proxy before us says or leaves out. */
  readonly #secureHost: string | null;

  /**
   * `trusted`: addresses and networks, `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`. `publicUrl`: the address people use;
   * null where it is not set.
   */
  constructor(
    trusted: readonly string[],
    private readonly tls: boolean,
    publicUrl: string | null = null,
  ) {
    const url = publicUrl === null ? null : new URL(publicUrl);
    this.#secureHost = url?.protocol === "https:" ? url.host : null;
    this.#list = trusted.length === 0 ? null : new BlockList();
    for (const each of trusted) {
      const [address = "", bits] = each.split("/");
      const family = isIP(address) === 6 ? "ipv6" : "ipv4";
      if (bits === undefined) this.#list?.addAddress(address, family);
      else this.#list?.addSubnet(address, Number(bits), family);
    }
  }

  get any(): boolean {
    return this.#list !== null;
  }

  /** `peer` is asked where it matters: to look up who is at the other end costs as much as the rest of a hot answer. */
  peerOf(headers: Headers, peer: () => string): Arrival {
    const host = headers.get("host");
    if (this.#list === null) return new DirectCaller(peer, this.tls || this.#isPublic(host), host);
    const address = plainAddress(peer());
    if (!this.#trusts(address))
      return { address, secure: this.tls || this.#isPublic(host), host, proxy: null, proxyScheme: null };
    const stated = fromProxy(headers);
    const [hops, wanted] = [stated.hops, stated.host ?? host];
    return {
      address: this.#farthest(address, hops),
      secure: stated.scheme === "https" || this.#isPublic(wanted),
      host: wanted,
      proxy: address,
      proxyScheme: stated.scheme,
    };
  }

  #isPublic(host: string | null): boolean {
    return this.#secureHost !== null && host !== null && host.toLowerCase().replace(/:443$/, "") === this.#secureHost;
  }

  /** Each proxy appends who asked it: from the end, the first that is no proxy of ours. What stands before it anybody may have written. */
  #farthest(peer: string, hops: readonly string[]): string {
    let address = peer;
    for (const hop of hops.toReversed()) {
      const named = addressOfHop(hop);
      if (named === null) return address;
      address = named;
      if (!this.#trusts(address)) return address;
    }
    return address;
  }

  #trusts(address: string): boolean {
    const family = isIP(address);
    return family !== 0 && this.#list !== null && this.#list.check(address, family === 6 ? "ipv6" : "ipv4");
  }
}

/** No proxy is between. */
class DirectCaller implements Arrival {
  readonly proxy = null;
  readonly proxyScheme = null;
  #address: string | null = null;

  constructor(
    private readonly peer: () => string,
    readonly secure: boolean,
    readonly host: string | null,
  ) {}

  get address(): string {
    return (this.#address ??= plainAddress(this.peer()));
  }
}

function lastOf(header: string | null): string | null {
  return header?.split(",").at(-1)?.trim().toLowerCase() || null;
}

/**
 * What a trusted proxy says of who asked. `Forwarded` counts where there is nothing of the other kind: a proxy writes
 * one of them, and passes on what the caller wrote in the other.
 */
function fromProxy(headers: Headers): {
  readonly hops: readonly string[];
  readonly scheme: string | null;
  readonly host: string | null;
} {
  const [addresses, scheme, host] = ["for", "proto", "host"].map((what) => headers.get(`x-forwarded-${what}`));
  const forwarded = headers.get("forwarded");
  if (forwarded === null || addresses || scheme || host)
    return { hops: addresses?.split(",") ?? [], scheme: lastOf(scheme ?? null), host: lastOf(host ?? null) };
  const elements = readForwarded(forwarded);
  const nearest = elements.at(-1);
  return {
    hops: elements.map((element) => element.for ?? "unknown"),
    scheme: lastOf(nearest?.proto ?? null),
    host: lastOf(nearest?.host ?? null),
  };
}

/** As proxies write it: bare, with a port, in brackets, with the zone of a link. Null where it is none (`unknown`, `_hidden`). */
function addressOfHop(hop: string): string | null {
  const text = hop.trim().replace(/^"(.*)"$/, "$1");
  const bare = /^\[(.*)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = plainAddress(bare);
  return isIP(address) === 0 ? null : address;
}
