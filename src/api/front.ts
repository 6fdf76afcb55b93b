import type { Server } from "bun";
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
  readonly upgrade: (request: Request, server: Server<S>, address: string) => Response | undefined;
  /** Null where the timeframe is none of ours. */
  readonly prepared: (timeframe: string) => PreparedAnswer | null;
  readonly app: (request: Request) => Response | Promise<Response>;
  readonly answered: (method: string, route: string, status: number, seconds: number) => void;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
}

/** Every request comes in here: the host is checked, sockets are taken over, hot answers skip the framework. */
export function createFront<S>(deps: FrontDeps<S>): (request: Request, server: Server<S>) => Response | Promise<Response | undefined> | undefined {
  return (request, server) => {
    const startedAt = deps.elapsed();
    const host = request.headers.get("host");
    if (!deps.hosts.allows(host)) return problemResponse(new Problem("bad-host"));
    const target = targetOf(request.url);
    if (target.path === socketPath) {
      if (!deps.hosts.allowsOrigin(request.headers.get("origin"), host)) return problemResponse(new Problem("bad-origin"));
      return deps.upgrade(request, server, server.requestIP(request)?.address ?? "unknown");
    }
    if (request.method !== "GET" && request.method !== "HEAD" && !deps.hosts.allowsOrigin(request.headers.get("origin"), host)) {
      return problemResponse(new Problem("bad-origin"));
    }
    if (target.path === overviewPath && request.method === "GET") {
      const hot = answerOverview(deps, request, target.query);
      if (hot) {
        deps.answered("GET", overviewPath, hot.status, (deps.elapsed() - startedAt) / 1000);
        return hot;
      }
    }
    return deps.app(request);
  };
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
