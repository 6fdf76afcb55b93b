import { Hono, type Context, type MiddlewareHandler } from "hono";
import { Refused } from "../auth/refused";
import { accessRule, methodsAt, routeOf, type AppEnv, type Needs } from "./access-rule";
import { toSignIn, type Assets } from "./assets";
import { limitBody, limitDepth } from "./body-limits";
import { asyncapiRoute } from "./asyncapi";
import { compressed } from "./compressed";
import { mount } from "./mount";
import { wantsPage } from "./not-found-page";
import { openapiRoute } from "./openapi";
import { Problem, problemResponse, wrongMethodResponse } from "./problems";
import { problemOfRefused } from "./refused";
import type { Route } from "./route";
import { needsOf, tableOf } from "./route-table";
import { ownAnswer, securityHeaders } from "./security-headers";

export interface AppDeps {
  readonly version: string;
  /** "" or like "/desk". */
  readonly basePath: () => string;
  readonly assets: Assets;
  /** The word for what the database answered; null where the error is another's. */
  readonly storeFaultOf: (error: unknown) => string | null;
  readonly failed: (error: unknown) => void;
  readonly answered: (method: string, route: string, status: number, seconds: number) => void;
}

/** Everything that is not served from prepared bytes: what holds for every route, the routes, the pages. */
export function createApp(deps: AppDeps, given: readonly Route[]): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ getPath: (request, options) => options?.env?.path ?? new URL(request.url).pathname });
  const { version, basePath } = deps;
  const described = [
    openapiRoute({ app, version, basePath, needs: () => needs }),
    asyncapiRoute({ version, basePath }),
  ];
  const routes = [...given, ...described];
  const needs: Needs = needsOf(routes);

  app.use(finished(deps, needs));
  app.use(compressed);
  app.use(accessRule(needs));
  app.use(limitBody(tableOf(routes)));
  app.use(limitDepth);
  app.notFound((context) => answerUnknown(context, app, deps));
  app.onError((error) => answerError(error, deps));
  mount(app, routes);
  app.get("*", (context) => answerPage(context, app, deps));
  return app;
}

/** Labels are of bounded size: an unknown method is one of many. */
const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Counts each answer and gives it the headers all of them have. */
function finished(deps: AppDeps, needs: Needs): MiddlewareHandler<AppEnv> {
  return async (context, next) => {
    const startedAt = performance.now();
    await next();
    const { req, res } = context;
    const method = knownMethods.has(req.method) ? req.method : "other";
    const route = routeOf(context)?.split(" ")[1] ?? "none";
    // How it answers is counted for those it serves over the network.
    if (context.env.by !== "socket") deps.answered(method, route, res.status, (performance.now() - startedAt) / 1000);
    for (const [name, value] of Object.entries(securityHeaders))
      if (!res.headers.has(name)) context.res.headers.set(name, value);
    if (!res.headers.has("cache-control"))
      context.res.headers.set("cache-control", isOwn(context, needs) ? ownAnswer : "no-store");
  };
}

/** Read by who it is about, and shown to them alone. */
function isOwn(context: Context<AppEnv>, needs: Needs): boolean {
  const route = routeOf(context);
  return route !== null && context.res.ok && route.startsWith("GET ") && needs[route] === "signed-in";
}

/** Pages and what they load. Who is not known is shown the way to the sign-in page, and nothing of what lies behind it. */
async function answerPage(context: Context<AppEnv>, app: Hono<AppEnv>, { assets }: AppDeps): Promise<Response> {
  const { path, principal } = context.env;
  const allowed = methodsAt(app, path);
  if (allowed.length > 0) return wrongMethodResponse(allowed);
  if (principal === null && !(await assets.isPublic(path)))
    return assets.isPage(path) || wantsPage(context.req.raw, path)
      ? toSignIn(path, new URL(context.req.url).search)
      : problemResponse(new Problem("not-signed-in"));
  const served = await assets.serve(path, context.req.raw);
  if (served !== undefined) return served;
  return wantsPage(context.req.raw, path) ? assets.notFound(path) : problemResponse(new Problem("not-found"));
}

/** No route of this method: another may be, or a page. */
function answerUnknown({ env: { path } }: Context<AppEnv>, app: Hono<AppEnv>, { assets }: AppDeps): Response {
  const allowed = methodsAt(app, path);
  if (allowed.length > 0) return wrongMethodResponse(allowed);
  return assets.isPage(path) ? wrongMethodResponse(["GET", "HEAD"]) : problemResponse(new Problem("not-found"));
}

function answerError(error: Error, deps: AppDeps): Response {
  if (error instanceof Problem) return problemResponse(error);
  if (error instanceof Refused) return problemResponse(problemOfRefused(error));
  // Hono's own way of saying that a body is no JSON.
  if ("getResponse" in error && "status" in error && error.status === 400)
    return problemResponse(new Problem("validation", "The body is not JSON."));
  const fault = deps.storeFaultOf(error);
  if (fault !== null) return problemResponse(new Problem("unavailable", fault));
  deps.failed(error);
  return problemResponse(new Problem("internal"));
}
