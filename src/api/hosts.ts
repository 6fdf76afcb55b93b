/** Which names this server answers to. A loopback bind knows itself by three; anything else must be named. */
export class Hosts {
  readonly #names: ReadonlySet<string>;

  constructor(host: string, allowed: readonly string[]) {
    const own = isLoopback(host) ? ["localhost", "127.0.0.1", "[::1]"] : [bracketed(host)];
    this.#names = new Set([...own, ...allowed].map((name) => name.toLowerCase()));
  }

  /** A page of another site that had its name resolve to us would come with that name. */
  allows(hostHeader: string | null): boolean {
    return hostHeader !== null && this.#names.has(nameOf(hostHeader));
  }

  /** Absent where no browser asks; else it must be a page of ours: the very host and port that was asked. */
  allowsOrigin(origin: string | null, hostHeader: string | null, secure: boolean): boolean {
    if (origin === null) return true;
    if (hostHeader === null || !URL.canParse(origin)) return false;
    const scheme = secure ? "https:" : "http:";
    // A URL leaves out the port that its scheme has anyway, whoever wrote it.
    return new URL(origin).origin === URL.parse(`${scheme}//${hostHeader}`)?.origin && this.allows(hostHeader);
  }
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^(?:::ffff:)?127(\.\d{1,3}){3}$/.test(host);
}

function nameOf(hostHeader: string): string {
  return hostHeader.toLowerCase().replace(/:\d{1,5}$/, "");
}

function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
