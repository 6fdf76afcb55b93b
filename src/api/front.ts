import type { Server } from "bun";
import { addressKey } from "../auth/address-key";
import type { Access, Caller, Principal } from "../auth/caller";
import { whyNot, type RequestCaller } from "./access-rule";
import type { Border } from "./border/border";
import type { Arrival } from "./border/proxies";
import { forwardingHeaderOf } from "./border/proxy-advice";
import type { ProxyMistakes } from "./border/proxy-mistakes";
import { canonicalPath } from "./canonical-path";
import { compressNow, encodingFor, type Encoding } from "./content-encoding";
import { hasAlready } from "./entity-tag";
import { limitFor } from "./limits/own-page";
import type { Exceeded, LimitName } from "./limits/rate-limits";
import {
  limitedResponse,
  Problem,
  problemResponse,
  socketRefused,
  wrongMethodResponse,
  type SocketRefusal,
} from "./problems";
import { dateBy } from "./own-clock";
import { hardened, ownAnswer, securityHeaders } from "./security-headers";

/** The WebSocket: it is no route of the framework, and described in words. */
export const socketRoute = { method: "GET", path: "/api/dashboard/ws", need: "dashboard.view" } as const;
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
  /** Without sign-in: only this machine may ask, and nothing in between. */
  readonly withoutSignIn: boolean;
  readonly mistakes: ProxyMistakes;
  /** Takes the request over as a socket, or answers why not. `share`: whose share of the connections it is. */
  readonly upgrade: (request: Request, server: Server<S>, share: string, principal: Principal) => SocketRefusal | null;
  /** Null where the timeframe is none of ours. */
  readonly prepared: (timeframe: string) => PreparedAnswer | null;
  readonly app: (request: Request, caller: RequestCaller) => Response | Promise<Response>;
  /** What a request draws from, by its method and canonical path. */
  readonly limitOf: (method: string, path: string) => LimitName;
  /** May `/metrics` be read from there without an account? */
  readonly openMetrics: (request: Request, address: string) => boolean;
  /** It could not be found out who sent it. */
  readonly unavailable: (error: unknown) => Response;
  readonly answered: (method: string, route: string, status: number, seconds: number) => void;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  /** A clock that is not this machine's; null where it is. */
  readonly ownClock: (() => number) | null;
  /** True: whatever is answered is about a simulation, and says so. */
  readonly demo: boolean;
}

type Answer = Response | Promise<Response | undefined> | undefined;

/** Every request comes in here: the border is checked, sockets are taken over, hot answers skip the framework. */
export function createFront<S>(deps: FrontDeps<S>): (request: Request, server: Server<S>) => Answer {
  return (request, server) => {
    const border = deps.border();
    const peer = border.proxies.peerOf(request.headers, () => server.requestIP(request)?.address ?? "unknown");
    const answer = enter(deps, border, peer, request, server);
    if (!peer.secure && !border.cors.any && !deps.demo && deps.ownClock === null) return answer;
    return finish(answer, (response) => {
      dateBy(deps.ownClock, response);
      if (deps.demo) response.headers.set(demoHeader, "DEMO");
      hardened(response, peer.secure && border.strictTransport.heldOn(request.headers.get("host")));
      border.cors.share(request, response);
    });
  };
}

function enter<S>(deps: FrontDeps<S>, border: Border, peer: Arrival, request: Request, server: Server<S>): Answer {
  const startedAt = deps.elapsed();
  const target = targetOf(request.url, border.basePath);
  // What watches over it asks by an address of its own, and is answered nothing that could be misused.
  const watching = target.path === "/healthz" || target.path === "/readyz";
  const between = deps.withoutSignIn && !watching ? forwardingHeaderOf(request.headers) : null;
  if (between !== null)
    return problemResponse(
      new Problem(
        "without-sign-in",
        deps.mistakes.note(
          "without-sign-in",
          addressKey(peer.address),
          border.advice.withoutSignIn(peer.address, between),
        ),
      ),
    );
  if (!border.hosts.allows(peer.host) && !watching)
    return problemResponse(
      new Problem(
        "bad-host",
        deps.mistakes.note("unknown-host", peer.host ?? "", border.advice.unknownHost(peer.host)),
      ),
    );
  const preflight = border.cors.preflight(request);
  if (preflight) return preflight;
  try {
    const caller = deps.access.identify(request, peer.secure);
    if (!(caller instanceof Promise)) return answer(deps, border, peer, request, server, caller, target, startedAt);
    return caller.then(
      (known) => answer(deps, border, peer, request, server, known, target, startedAt),
      deps.unavailable,
    );
  } catch (error) {
    return deps.unavailable(error);
  }
}

function answer<S>(
  deps: FrontDeps<S>,
  border: Border,
  peer: Arrival,
  request: Request,
  server: Server<S>,
  caller: Caller,
  { path, query }: Target,
  startedAt: number,
): Response | Promise<Response> | undefined {
  const limit = limitFor(deps.limitOf(request.method, path), request, caller.by);
  const exceeded = takeToken(border, peer, caller, limit, startedAt);
  if (exceeded) {
    deps.answered(request.method === "POST" ? "POST" : "GET", "limited", 429, (deps.elapsed() - startedAt) / 1000);
    return limitedResponse(exceeded);
  }
  // A token is shown by who means to; a cookie is sent along by any browser, from any page.
  const trusted =
    caller.by === "bearer" || border.hosts.allowsOrigin(request.headers.get("origin"), peer.host, peer.secure);
  if (path === socketRoute.path) {
    if (request.method !== "GET" && request.method !== "HEAD") return wrongMethodResponse(["GET", "HEAD"]);
    if (!trusted || (caller.by === "cookie" && request.headers.get("origin") === null))
      return otherOrigin(deps, border, peer, request);
    const why = whyNot(caller, socketRoute.need);
    if (why !== null || caller.principal === null) return problemResponse(new Problem(why ?? "not-signed-in"));
    const refusal = deps.upgrade(request, server, addressKey(peer.address), caller.principal);
    return refusal === null ? undefined : socketRefused(refusal);
  }
  if (!trusted && request.method !== "GET" && request.method !== "HEAD")
    return otherOrigin(deps, border, peer, request);
  if (path === overviewPath && request.method === "GET" && whyNot(caller, "dashboard.view") === null) {
    const hot = answerOverview(deps, request, query);
    if (hot) {
      deps.answered("GET", overviewPath, hot.status, (deps.elapsed() - startedAt) / 1000);
      return hot;
    }
  }
  noteProxy(deps, border, peer, request);
  return deps.app(request, {
    ...caller,
    path,
    address: peer.address,
    secure: peer.secure,
    host: peer.host,
    openMetrics: path === "/metrics" && deps.openMetrics(request, peer.address),
    setIdleTimeout: (seconds) => server.timeout(request, seconds),
  });
}

/** What a proxy says that is not believed, or does not fit. Hot answers do without: whoever reads them loads a page, too. */
function noteProxy<S>(deps: FrontDeps<S>, border: Border, peer: Arrival, request: Request): void {
  if (peer.proxy !== null) {
    const message = border.advice.otherScheme(peer.proxy, peer.host, peer.proxyScheme);
    if (message !== null) deps.mistakes.note("other-scheme", peer.host ?? "", message);
    return;
  }
  const header = forwardingHeaderOf(request.headers);
  if (header !== null)
    deps.mistakes.note("unnamed-proxy", addressKey(peer.address), border.advice.unnamedProxy(peer.address, header));
}

function otherOrigin<S>(deps: FrontDeps<S>, border: Border, peer: Arrival, request: Request): Response {
  const origin = request.headers.get("origin");
  const advice = border.advice.otherOrigin(
    origin,
    peer.host,
    peer.proxy !== null || forwardingHeaderOf(request.headers) !== null,
  );
  return problemResponse(
    new Problem("bad-origin", advice === null ? undefined : deps.mistakes.note("other-origin", origin ?? "", advice)),
  );
}

/** Of the account or token; of the address where there is none, for signing in, and for credentials that are no good. */
function takeToken(
  { limits }: Border,
  peer: Arrival,
  { principal, by, refused }: Caller,
  name: LimitName,
  now: number,
): Exceeded | null {
  // A browser sends its stale cookie along even where none is needed.
  if (refused && name !== "assets" && name !== "signIn") return limits.take("refused", addressKey(peer.address), now);
  if (!limits.has(name)) return null;
  return limits.take(
    name,
    principal === null || by === "off" || name === "signIn" ? addressKey(peer.address) : principal.key,
    now,
  );
}

function finish(answer: Answer, touch: (response: Response) => void): Answer {
  if (answer instanceof Promise) return answer.then((response) => finish(response, touch));
  if (answer) touch(answer);
  return answer;
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

const overviewHeaders = {
  ...securityHeaders,
  "content-type": "application/json",
  "cache-control": ownAnswer,
  "vary": "accept-encoding",
};

/** Answers by their bytes and how they are compressed, once per change: a copy of one costs a tenth of making it anew, headers and all. */
const answers = new WeakMap<Uint8Array, Map<Encoding | null, Response>>();

export function overviewResponse({ body, etag }: PreparedAnswer, request: Request): Response {
  const headers = { ...overviewHeaders, etag };
  if (hasAlready(request.headers.get("if-none-match"), etag)) return new Response(null, { status: 304, headers });
  const encoding = knownEncoding(request.headers.get("accept-encoding"));
  let forms = answers.get(body);
  if (!forms) answers.set(body, (forms = new Map()));
  let made = forms.get(encoding);
  if (!made) {
    made =
      encoding === null
        ? new Response(body, { headers })
        : new Response(compressNow(body, encoding), { headers: { ...headers, "content-encoding": encoding } });
    forms.set(encoding, made);
  }
  return made.clone();
}

const knownHeadersMax = 100;
/** Browsers send a handful of headers, always the same: each is read once. */
const known = new Map<string, Encoding | null>();

function knownEncoding(header: string | null): Encoding | null {
  if (header === null) return null;
  const before = known.get(header);
  if (before !== undefined) return before;
  const encoding = encodingFor(header);
  if (known.size < knownHeadersMax) known.set(header, encoding);
  return encoding;
}

/** What is asked for: the one path that limits, permissions, prepared answers and routes go by, and the query as it came. */
interface Target {
  readonly path: string;
  readonly query: string;
}

/** Of an absolute URL, without the cost of parsing it whole. A proxy may have taken the base path off, or not. */
function targetOf(url: string, basePath: string): Target {
  // Under HTTP/1.0 a request may come without a host, and then it is a path alone.
  const start = url.startsWith("/") ? 0 : url.indexOf("/", url.indexOf("//") + 2);
  const mark = url.indexOf("?", start);
  if (start < 0) return { path: "/", query: "" };
  const path = canonicalPath(mark < 0 ? url.slice(start) : url.slice(start, mark));
  return {
    path: basePath !== "" && isBelow(path, basePath) ? path.slice(basePath.length) || "/" : path,
    query: mark < 0 ? "" : url.slice(mark + 1),
  };
}
