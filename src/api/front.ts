import type { Server } from "bun";
import type { Access, Asker, Principal } from "../auth/asker";
import { whyNot, type Asking } from "./access-rule";
import type { Hosts } from "./hosts";
import { Problem, problemResponse } from "./problems";
import { lockedPolicy, securityHeaders } from "./security-headers";

const socketPath = "/api/dashboard/ws";
const overviewPath = "/api/dashboard/overview";

/** What is prepared of the overview. */
export interface PreparedAnswer {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

export interface FrontDeps<S> {
  readonly hosts: Hosts;
  readonly access: Access;
  readonly upgrade: (request: Request, server: Server<S>, address: string, principal: Principal) => Response | undefined;
  /** Null where the timeframe is none of ours. */
  readonly prepared: (timeframe: string) => PreparedAnswer | null;
  readonly app: (request: Request, asking: Asking) => Response | Promise<Response>;
  /** May `/metrics` be read from there without an account? */
  readonly openMetrics: (request: Request, address: string) => boolean;
  /** Who asks could not be told. */
  readonly unavailable: (error: unknown) => Response;
  readonly answered: (method: string, route: string, status: number, seconds: number) => void;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
}

/** Every request comes in here: the host is checked, who asks is told, sockets are taken over, hot answers skip the framework. */
export function createFront<S>(deps: FrontDeps<S>): (request: Request, server: Server<S>) => Response | Promise<Response | undefined> | undefined {
  return (request, server) => {
    const startedAt = deps.elapsed();
    if (!deps.hosts.allows(request.headers.get("host"))) return problemResponse(new Problem("bad-host"));
    try {
      const asker = deps.access.identify(request);
      if (!(asker instanceof Promise)) return answer(deps, request, server, asker, startedAt);
      return asker.then((known) => answer(deps, request, server, known, startedAt), deps.unavailable);
    } catch (error) {
      return deps.unavailable(error);
    }
  };
}

function answer<S>(deps: FrontDeps<S>, request: Request, server: Server<S>, asker: Asker, startedAt: number): Response | Promise<Response> | undefined {
  const target = targetOf(request.url);
  const address = server.requestIP(request)?.address ?? "unknown";
  // A token is shown by who means to; a cookie is sent along by any browser, from any page.
  const trusted = asker.by === "bearer" || deps.hosts.allowsOrigin(request.headers.get("origin"), request.headers.get("host"));
  if (target.path === socketPath) {
    if (!trusted || (asker.by === "cookie" && request.headers.get("origin") === null)) return problemResponse(new Problem("bad-origin"));
    const why = whyNot(asker, "dashboard.view");
    if (why !== null || asker.principal === null) return problemResponse(new Problem(why ?? "not-signed-in"));
    return deps.upgrade(request, server, address, asker.principal);
  }
  if (!trusted && request.method !== "GET" && request.method !== "HEAD") return problemResponse(new Problem("bad-origin"));
  if (target.path === overviewPath && request.method === "GET" && whyNot(asker, "dashboard.view") === null) {
    const hot = answerOverview(deps, request, target.query);
    if (hot) {
      deps.answered("GET", overviewPath, hot.status, (deps.elapsed() - startedAt) / 1000);
      return hot;
    }
  }
  return deps.app(request, { ...asker, address, secure: request.url.startsWith("https:"), openMetrics: target.path === "/metrics" && deps.openMetrics(request, address) });
}

/** Undefined where the query is not plain: validating it is the framework's. */
function answerOverview<S>(deps: FrontDeps<S>, request: Request, query: string): Response | undefined {
  const timeframe = query === "" ? "4h" : query.startsWith("timeframe=") ? query.slice("timeframe=".length) : null;
  const prepared = timeframe === null ? null : deps.prepared(timeframe);
  return prepared ? overviewResponse(prepared, request) : undefined;
}

const overviewHeaders = { ...securityHeaders, "content-security-policy": lockedPolicy, "content-type": "application/json", "cache-control": "no-cache" };

export function overviewResponse({ body, etag }: PreparedAnswer, request: Request): Response {
  const headers = { ...overviewHeaders, etag };
  return request.headers.get("if-none-match") === etag ? new Response(null, { status: 304, headers }) : new Response(body, { headers });
}

/** Path and query of an absolute URL, without the cost of parsing it whole. */
function targetOf(url: string): { readonly path: string; readonly query: string } {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const mark = url.indexOf("?", start);
  if (start < 0) return { path: "/", query: "" };
  return mark < 0 ? { path: url.slice(start), query: "" } : { path: url.slice(start, mark), query: url.slice(mark + 1) };
}
