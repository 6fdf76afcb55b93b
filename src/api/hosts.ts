const loopbackNames = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Which names this server answers to. Loopback's are its own wherever it listens; of others the address it listens
 * on, that of the public URL, and what is named.
 */
export class Hosts {
  readonly #names: ReadonlySet<string>;
  readonly #publicOrigin: string | null;

  constructor(host: string, allowed: readonly string[], publicUrl: string | null = null) {
    const url = publicUrl === null ? null : new URL(publicUrl);
    const own = isLoopback(host) ? loopbackNames : [...loopbackNames, bracketed(host)];
    this.#names = new Set(
      [...own, ...allowed, ...(url === null ? [] : [url.hostname])].map((name) => name.toLowerCase()),
    );
    this.#publicOrigin = url?.origin ?? null;
  }

  /** A page of another site that had its name resolve to us would come with that name. */
  allows(hostHeader: string | null): boolean {
    return hostHeader !== null && this.#names.has(nameOf(hostHeader));
  }

  /**
   * Absent where no browser asks; else it must be a page of ours: the very host and port that was asked, or the
   * public URL, whatever host a proxy hands on.
   */
  allowsOrigin(origin: string | null, hostHeader: string | null, secure: boolean): boolean {
    if (origin === null || origin === this.#publicOrigin) return true;
    if (hostHeader === null || !URL.canParse(origin)) return false;
    const scheme = secure ? "https:" : "http:";
    // A URL leaves out the port that its scheme has anyway, whoever wrote it.
    return new URL(origin).origin === URL.parse(`${scheme}//${hostHeader}`)?.origin && this.allows(hostHeader);
  }
}

export function isLoopback(host: string): boolean {
  return host === "localhost" || host === "::1" || /^(?:::ffff:)?127(\.\d{1,3}){3}$/.test(host);
}

/** The name in a Host header, lower case, without its port. */
export function nameOf(hostHeader: string): string {
  return hostHeader.toLowerCase().replace(/:\d{1,5}$/, "");
}

/** As it stands in a URL and in a Host header. */
export function bracketed(host: string): string {
  return host.includes(":") ? `[${host}]` : host;
}
