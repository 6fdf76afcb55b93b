import { timingSafeEqual } from "node:crypto";
import type { Context, Hono, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { Caller } from "../auth/caller";
import { exportNeed, type Need } from "../auth/permissions";
import type { Peer } from "./border/proxies";
import type { SetIdleTimeout } from "./slow-reader";
import { Problem, type ProblemCode } from "./problems";

/** What every handler is given of a request's origin. */
export interface RequestCaller extends Caller, Peer {
  /** What is asked for, in the one spelling that everything goes by, below the base path. */
  readonly path: string;
  /** It asks for `/metrics`, from where they may be read without an account. */
  readonly openMetrics: boolean;
  /** Of the connection it came by. */
  readonly setIdleTimeout: SetIdleTimeout;
}

export interface AppEnv {
  Bindings: RequestCaller;
}

/** What each route needs, by its name. */
export type Needs = Readonly<Record<string, Need>>;

/** Why this may not be done; null where it may. */
export function whyNot({ principal, by }: Caller, need: Need): ProblemCode | null {
  if (need === "anyone") return null;
  if (principal === null) return "not-signed-in";
  if (need === "owner") return by === "socket" ? null : "not-allowed";
  return need === "signed-in" || principal.permissions.has(need) ? null : "not-allowed";
}

const harmless = new Set(["GET", "HEAD", "OPTIONS"]);

/** The table of permissions, the token against forged requests and the type of a change, before any handler. */
export function accessRule(needs: Needs): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const route = routeOf(context);
    if (route === null || route === fallback) return await next();
    const need = needs[route];
    if (need === undefined) throw new Error(`${route} is in no row of the table of permissions`);
    if (!context.env.openMetrics) refuse(whyNot(context.env, need));
    if (isExport(context)) refuse(whyNot(context.env, exportNeed));
    if (!harmless.has(context.req.method)) refuseForged(context, need);
    await next();
  };
}

/** `GET /api/alerts/:id`; the last route serves pages, and has rules of its own. Null where none matches. */
export function routeOf(context: Context): string | null {
  const route = matchedRoutes(context).find(({ method }) => method !== "ALL");
  return route === undefined ? null : `${route.method} ${route.path}`;
}

const fallback = "GET /*";

/** What a path takes, as the `Allow` header names it; empty where no route is of this path, whatever the method. */
export function methodsAt(app: Hono<AppEnv>, path: string): string[] {
  return harmful.concat("GET").flatMap((method) => {
    const matched = app.router
      .match(method, path)[0]
      .some(([[, route]]) => route.method === method && route.path !== "/*");
    return matched ? (method === "GET" ? ["GET", "HEAD"] : [method]) : [];
  });
}

const harmful = ["POST", "PUT", "PATCH", "DELETE"];

function refuse(code: ProblemCode | null): void {
  if (code !== null) throw new Problem(code);
}

function isExport(context: Context): boolean {
  const format = context.req.query("format");
  return format !== undefined && format !== "json";
}

/** A form of another site sends no JSON, and cannot know the token of who visits it. */
function refuseForged(context: Context<AppEnv>, need: Need): void {
  const { csrf } = context.env;
  // Who signs in, has no token yet; the cookie of the session before is not what lets him in.
  if (csrf !== null && need !== "anyone" && !sameText(context.req.header("x-csrf-token") ?? "", csrf))
    throw new Problem("bad-csrf");
  if (context.req.method !== "DELETE" && !/^application\/json\s*(;|$)/i.test(context.req.header("content-type") ?? ""))
    throw new Problem("wrong-type");
}

function sameText(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
