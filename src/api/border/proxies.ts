import { BlockList, isIP } from "node:net";

/** Who asks, as far as the network and the proxies that are trusted can tell. */
export interface Caller {
  readonly address: string;
  /** It came by TLS, to us or to a trusted proxy. */
  readonly secure: boolean;
  /** The name it asked for. */
  readonly host: string | null;
}

/** The proxies whose word about the caller counts. What anybody else says in `X-Forwarded-*` is not read. */
export class Proxies {
  readonly #list: BlockList | null;

  /** Addresses and networks: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`. */
  constructor(
    trusted: readonly string[],
    private readonly tls: boolean,
  ) {
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
  callerOf(headers: Headers, peer: () => string): Caller {
    const host = headers.get("host");
    if (this.#list === null) return new DirectCaller(peer, this.tls, host);
    const address = withoutMapping(peer());
    if (!this.#trusts(address)) return { address, secure: this.tls, host };
    return {
      address: this.#farthest(address, headers.get("x-forwarded-for") ?? ""),
      secure: lastOf(headers.get("x-forwarded-proto")) === "https",
      host: lastOf(headers.get("x-forwarded-host")) ?? host,
    };
  }

  /** Each proxy appends who asked it: from the end, the first that is no proxy of ours. What stands before it anybody may have written. */
  #farthest(peer: string, forwardedFor: string): string {
    let address = peer;
    for (const hop of forwardedFor.split(",").toReversed()) {
      const named = withoutMapping(hop.trim().replace(/^\[(.*)\](:\d+)?$/, "$1"));
      if (isIP(named) === 0) return address;
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

/** Nobody stands between. */
class DirectCaller implements Caller {
  #address: string | null = null;

  constructor(
    private readonly peer: () => string,
    readonly secure: boolean,
    readonly host: string | null,
  ) {}

  get address(): string {
    return (this.#address ??= withoutMapping(this.peer()));
  }
}

function lastOf(header: string | null): string | null {
  return header?.split(",").at(-1)?.trim().toLowerCase() || null;
}

function withoutMapping(address: string): string {
  return address.toLowerCase().startsWith("::ffff:") && address.includes(".") ? address.slice("::ffff:".length) : address;
}
