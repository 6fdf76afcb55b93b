import type { Server } from "bun";
import type { Access, Asker, Principal } from "../auth/asker";
import { whyNot, type Asking } from "./access-rule";
import type { Border } from "./border/border";
import type { Caller } from "./border/proxies";
import { hasAlready } from "./entity-tag";
import { limitKeyOf, limitOf, type Exceeded } from "./limits/rate-limits";
import { limitedResponse, Problem, problemResponse } from "./problems";
import { hardened, securityHeaders } from "./security-headers";

const socketPath = "/api/dashboard/ws";
/** On every answer of a demo. */
const demoHeader = "x-virtuoso-mode";
const overviewPath = "/api/dashboard/overview";

/** What is prepared of the overview. */
export interface PreparedAnswer {
  readonly body: Uint8Array<ArrayBuffer>;
  readonly etag: string;
}

export interface FrontDeps<S> {
  /** What holds now. */
  readonly border: () => Border;
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
  /** True: whatever is answered is about a simulation, and says so. */
  readonly demo: boolean;
}

type Answer = Response | Promise<Response | undefined> | undefined;

/** Every request comes in here: the border is checked, sockets are taken over, hot answers skip the framework. */
export function createFront<S>(deps: FrontDeps<S>): (request: Request, server: Server<S>) => Answer {
  return (request, server) => {
    const border = deps.border();
    const caller = border.proxies.callerOf(request.headers, () => server.requestIP(request)?.address ?? "unknown");
    const answer = enter(deps, border, caller, request, server);
    if (!caller.secure && !border.cors.any && !deps.demo) return answer;
    return finish(answer, (response) => {
      if (deps.demo) response.headers.set(demoHeader, "DEMO");
      hardened(response, caller.secure);
      border.cors.share(request, response);
    });
  };
}

function enter<S>(deps: FrontDeps<S>, border: Border, caller: Caller, request: Request, server: Server<S>): Answer {
  const startedAt = deps.elapsed();
  if (!border.hosts.allows(caller.host)) return problemResponse(new Problem("bad-host"));
  const preflight = border.cors.preflight(request);
  if (preflight) return preflight;
  try {
    const asker = deps.access.identify(request);
    if (!(asker instanceof Promise)) return answer(deps, border, caller, request, server, asker, startedAt);
    return asker.then((known) => answer(deps, border, caller, request, server, known, startedAt), deps.unavailable);
  } catch (error) {
    return deps.unavailable(error);
  }
}

function answer<S>(deps: FrontDeps<S>, border: Border, caller: Caller, request: Request, server: Server<S>, asker: Asker, startedAt: number): Response | Promise<Response> | undefined {
  const { path, query } = targetOf(request.url, border.basePath);
  const exceeded = takeToken(border, caller, asker, request.method, path, startedAt);
  if (exceeded) {
    deps.answered(request.method === "POST" ? "POST" : "GET", "limited", 429, (deps.elapsed() - startedAt) / 1000);
    return limitedResponse(exceeded);
  }
  // A token is shown by who means to; a cookie is sent along by any browser, from any page.
  const trusted = asker.by === "bearer" || border.hosts.allowsOrigin(request.headers.get("origin"), caller.host, caller.secure);
  if (path === socketPath) {
    if (!trusted || (asker.by === "cookie" && request.headers.get("origin") === null)) return problemResponse(new Problem("bad-origin"));
    const why = whyNot(asker, "dashboard.view");
    if (why !== null || asker.principal === null) return problemResponse(new Problem(why ?? "not-signed-in"));
    const refusal = deps.upgrade(request, server, caller.address, asker.principal);
    if (refusal) hardened(refusal, false);
    return refusal;
  }
  if (!trusted && request.method !== "GET" && request.method !== "HEAD") return problemResponse(new Problem("bad-origin"));
  if (path === overviewPath && request.method === "GET" && whyNot(asker, "dashboard.view") === null) {
    const hot = answerOverview(deps, request, query);
    if (hot) {
      deps.answered("GET", overviewPath, hot.status, (deps.elapsed() - startedAt) / 1000);
      return hot;
    }
  }
  const asking = { ...asker, address: caller.address, secure: caller.secure, host: caller.host, openMetrics: path === "/metrics" && deps.openMetrics(request, caller.address) };
  return deps.app(border.basePath === "" ? request : withoutBase(request, border.basePath), asking);
}

/** Of the account or token; of the address where there is none, for signing in, and for credentials that are no good. */
function takeToken({ limits }: Border, caller: Caller, { principal, by, refused }: Asker, method: string, path: string, now: number): Exceeded | null {
  const name = limitOf(method, path);
  // A browser sends its stale cookie along even where nobody asks for one.
  if (refused && name !== "assets" && name !== "signIn") return limits.take("refused", limitKeyOf(caller.address), now);
  if (!limits.has(name)) return null;
  return limits.take(name, principal === null || by === "off" || name === "signIn" ? limitKeyOf(caller.address) : principal.key, now);
}

function finish(answer: Answer, touch: (response: Response) => void): Answer {
  if (answer instanceof Promise) return answer.then((response) => finish(response, touch));
  if (answer) touch(answer);
  return answer;
}

/** Before the framework sees it: its routes know nothing of where they live. */
function withoutBase(request: Request, basePath: string): Request {
  const url = new URL(request.url);
  if (!isBelow(url.pathname, basePath)) return request;
  url.pathname = url.pathname.slice(basePath.length) || "/";
  return new Request(url, request);
}

function isBelow(path: string, basePath: string): boolean {
  return path.startsWith(basePath) && (path.length === basePath.length || path[basePath.length] === "/");
}

/** Undefined where the query is not plain: validating it is the framework's. */
function answerOverview<S>(deps: FrontDeps<S>, request: Request, query: string): Response | undefined {
  const timeframe = query === "" ? "4h" : query.startsWith("timeframe=") ? query.slice("timeframe=".length) : null;
  const prepared = timeframe === null ? null : deps.prepared(timeframe);
  return prepared ? overviewResponse(prepared, request) : undefined;
}

const overviewHeaders = { ...securityHeaders, "content-type": "application/json", "cache-control": "no-cache" };

/** Answers by their bytes: a copy of one costs a tenth of making it anew, headers and all. */
const answers = new WeakMap<Uint8Array, Response>();

export function overviewResponse({ body, etag }: PreparedAnswer, request: Request): Response {
  if (hasAlready(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers: { ...overviewHeaders, etag } });
  let made = answers.get(body);
  if (!made) answers.set(body, (made = new Response(body, { headers: { ...overviewHeaders, etag } })));
  return made.clone();
}

/** Path and query of an absolute URL, without the cost of parsing it whole. A proxy may have taken the base path off, or not. */
function targetOf(url: string, basePath: string): { readonly path: string; readonly query: string } {
  const start = url.indexOf("/", url.indexOf("//") + 2);
  const mark = url.indexOf("?", start);
  if (start < 0) return { path: "/", query: "" };
  const path = mark < 0 ? url.slice(start) : url.slice(start, mark);
  return { path: basePath !== "" && isBelow(path, basePath) ? path.slice(basePath.length) || "/" : path, query: mark < 0 ? "" : url.slice(mark + 1) };
}
