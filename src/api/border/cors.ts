import { securityHeaders } from "../security-headers";

/** Sites that may read answers from a visitor's browser, with a token of their own: cookies are never sent along. */
export class CrossOrigin {
  readonly #origins: ReadonlySet<string>;

  constructor(origins: readonly string[]) {
    this.#origins = new Set(origins);
  }

  get any(): boolean {
    return this.#origins.size > 0;
  }

  #allows(origin: string | null): boolean {
    return origin !== null && this.#origins.has(origin);
  }

  /** The browser's question before a request that is not simple; null where it is none, or of a site not listed. */
  preflight(request: Request): Response | null {
    const origin = request.headers.get("origin");
    if (request.method !== "OPTIONS" || !this.#allows(origin) || !request.headers.has("access-control-request-method"))
      return null;
    return new Response(null, {
      status: 204,
      headers: {
        ...securityHeaders,
        "access-control-allow-methods": "GET, HEAD, POST, PUT, PATCH, DELETE",
        "access-control-allow-headers": "authorization, content-type, if-match, if-none-match",
        "access-control-max-age": "600",
        "vary": "access-control-request-method, access-control-request-headers",
      },
    });
  }

  /** Lets a listed site read the answer, that of a preflight too. */
  share(request: Request, response: Response): void {
    response.headers.append("vary", "origin");
    const origin = request.headers.get("origin");
    if (origin === null || !this.#allows(origin)) return;
    response.headers.set("access-control-allow-origin", origin);
    response.headers.set(
      "access-control-expose-headers",
      "etag, retry-after, ratelimit-limit, ratelimit-remaining, ratelimit-reset",
    );
  }
}
