import { Hono, type Context, type MiddlewareHandler } from "hono";
import { bodyLimit } from "hono/body-limit";
import { z } from "zod";
import { Refused } from "../auth/refused";
import { isGate, isVerdict } from "../core/decide/decision";
import { nestsDeeperThan } from "../core/nesting";
import { symbolOf } from "../core/symbol";
import { tunablesPatchSchema, tunablesSchema } from "../core/tunables";
import { auditChainShape, auditShape } from "../views/audit";
import { decisionCountsShape } from "../views/counts";
import type { ListOf } from "../views/lists";
import { healthShape, readinessShape } from "../views/health";
import { decisionShape, opportunityShape, overviewShape, quarantineShape, signalShape } from "../views/shapes";
import { candlesShape, marketDetailShape, symbolDetailShape } from "../views/market-data";
import { retriedOf, retriedShape } from "../views/retried";
import { scannerRunShape } from "../views/scanner-run";
import { settingOriginShape } from "../views/setting-origin";
import { settingsChangeShape } from "../views/settings-history";
import { sourceDetailShape } from "../views/sources";
import { symbolsShape } from "../views/symbols";
import { previewShape } from "../views/preview";
import { preferencesPatch, preferencesShape, type Preferences } from "../views/preferences";
import { decisionDetailShape, opportunityDetailShape, receivedDetailShape, signalDetailShape } from "../views/trace";
import { addAccountRoutes } from "./access/account";
import { problemOfRefused } from "./access/access-api";
import { addIdentityProviderRoutes } from "./access/identity-provider";
import { addOwnerRoutes } from "./access/owner";
import { addSignInRoutes } from "./access/sign-in";
import { addTokenRoutes } from "./access/tokens";
import { addUserRoutes } from "./access/users";
import { routeNeeds } from "../auth/permissions";
import { accessRule, assertEveryRouteHasItsNeed, methodsAt, routeOf, type AppEnv, type Needs } from "./access-rule";
import { compressed } from "./compressed";
import { hasAlready, sameTag } from "./entity-tag";
import { alertmanagerSchema, receivedAlerts, receivedAlertsShape, readAlerts } from "./alertmanager";
import { answerList as answerPart } from "./listing";
import { mount } from "./mount";
import type { Route } from "./route";
import { needsOf } from "./route-table";
import type { ApiDeps, DownloadName, Part } from "./ports";
import { Problem, problemResponse, wrongMethodResponse } from "./problems";
import { describeApi } from "./openapi";
import { serviceDiscoveryShape, targetOf } from "./service-discovery";
import * as asked from "./queries";
import { ownAnswer, securityHeaders } from "./security-headers";
import { toSignIn } from "./assets";
import { body, describe, query } from "./validate";

/** Every route that is not served from prepared bytes. */
export function createApp(deps: ApiDeps, routes: readonly Route[]): Hono<AppEnv> {
  const needs: Needs = { ...routeNeeds, ...needsOf(routes) };
  const app = new Hono<AppEnv>({ getPath: (request, options) => options?.env?.path ?? new URL(request.url).pathname });

  app.use(async (context, next) => {
    const startedAt = performance.now();
    await next();
    const method = knownMethods.has(context.req.method) ? context.req.method : "other";
    // How it answers is counted for those it serves over the network.
    if (context.env.by !== "socket")
      deps.answered(
        method,
        routeOf(context)?.split(" ")[1] ?? "none",
        context.res.status,
        (performance.now() - startedAt) / 1000,
      );
    for (const [name, value] of Object.entries(securityHeaders))
      if (!context.res.headers.has(name)) context.res.headers.set(name, value);
    if (!context.res.headers.has("cache-control"))
      context.res.headers.set("cache-control", isOwn(context, needs) ? ownAnswer : "no-store");
  });
  app.use(compressed);
  app.use(accessRule(needs));
  app.use(limitBody);
  app.use(depthLimit);
  app.notFound((context) => answerUnknown(context, app, deps));
  app.onError((error) => answerError(error, deps));

  app.get(
    "/api/dashboard/overview",
    describe("All a desk shows at once", overviewShape, asked.overviewQuery),
    query(asked.overviewQuery),
    (context) => deps.overview(context.req.valid("query").timeframe ?? "4h", context.req.raw),
  );

  mount(app, routes);

  app.get(
    "/api/signals",
    describe("Signals, newest first", listOf(signalShape), asked.signalsQuery),
    query(asked.signalsQuery),
    (context) => {
      const {
        symbol,
        source,
        direction,
        timeframe,
        min_strength: minStrength,
        outcome,
        decision,
        by,
        order,
        q,
        ...page
      } = context.req.valid("query");
      return answerList(context, deps, "signals", signalShape, page, {
        symbol,
        source,
        direction,
        timeframe,
        minStrength,
        outcome,
        word: decision,
        by,
        order,
        q,
      });
    },
  );

  app.get(
    "/api/signals/:id",
    describe("All that is known of a signal: the raw report, the trace", signalDetailShape),
    query(asked.noQuery),
    (context) => context.json(found(deps.details.signal(context.req.param("id")))),
  );

  app.get(
    "/api/opportunities",
    describe("Alpha opportunities, newest first", listOf(opportunityShape), asked.opportunitiesQuery),
    query(asked.opportunitiesQuery),
    (context) => {
      const {
        symbol,
        source,
        pattern,
        min_confidence: minConfidence,
        outcome,
        by,
        q,
        ...page
      } = context.req.valid("query");
      return answerList(context, deps, "opportunities", opportunityShape, page, {
        symbol,
        source,
        pattern,
        minConfidence,
        outcome,
        by,
        q,
      });
    },
  );

  app.get(
    "/api/decisions/counts",
    describe(
      "How many decisions ended with each word; of the last 4 hours unless told otherwise",
      decisionCountsShape,
      asked.countsQuery,
    ),
    query(asked.countsQuery),
    async (context) => {
      const { since, ...filter } = context.req.valid("query");
      return context.json(await deps.lists.decisionCounts({ ...filter, since: momentOf(since, deps) }));
    },
  );

  app.get(
    "/api/decisions/:id",
    describe("One decision, with every check and what was read", decisionDetailShape),
    query(asked.noQuery),
    (context) => context.json(found(deps.details.decision(context.req.param("id")))),
  );
  app.get(
    "/api/received/:id",
    describe(
      "What was received at once (r16: a report, a scan, a measurement, a moment of time) or a view of the market (m15), and what was decided of it",
      receivedDetailShape,
    ),
    query(asked.noQuery),
    (context) => context.json(found(deps.details.received(context.req.param("id")))),
  );
  app.get(
    "/api/opportunities/:id",
    describe("All that is known of an opportunity", opportunityDetailShape),
    query(asked.noQuery),
    (context) => context.json(found(deps.details.opportunity(context.req.param("id")))),
  );

  app.get(
    "/api/decisions",
    describe("What was decided of each item, and why", listOf(decisionShape), asked.decisionsQuery),
    query(asked.decisionsQuery),
    (context) => {
      const { outcome, verdict, reason, symbol, source, missed, q, ...page } = context.req.valid("query");
      if (verdict && !isVerdict(verdict))
        throw new Problem("validation", undefined, [{ path: "verdict", message: `${verdict} is no verdict` }]);
      if (reason && !isGate(reason))
        throw new Problem("validation", undefined, [{ path: "reason", message: `${reason} is no gate` }]);
      const word = verdict ?? reason;
      return answerList(context, deps, "decisions", decisionShape, page, { outcome, word, symbol, source, missed, q });
    },
  );

  app.get(
    "/api/symbols",
    describe(
      "Symbols with a signal lately, each with its newest scores and their parts; of the last 4 hours unless told otherwise",
      symbolsShape,
      asked.symbolsQuery,
    ),
    query(asked.symbolsQuery),
    async (context) => {
      const { since, limit = 50, depth = 12 } = context.req.valid("query");
      return context.json(await deps.lists.symbols({ since: momentOf(since, deps), limit, depth }));
    },
  );

  app.get(
    "/api/sources",
    describe("Every source: state, freshness, cadence, and what its signals tell of it", itemsOf(sourceDetailShape)),
    query(asked.noQuery),
    async (context) => context.json({ items: await deps.sources(), next_cursor: null }),
  );

  app.get(
    "/api/quarantine",
    describe(
      "Files that could not be read, and why; the last seen first",
      listOf(quarantineShape),
      asked.quarantineQuery,
    ),
    query(asked.quarantineQuery),
    (context) => {
      const { source, reason, q, ...page } = context.req.valid("query");
      return answerList(context, deps, "quarantine", quarantineShape, page, { source, reason, q });
    },
  );

  app.post(
    "/api/quarantine/retry",
    describe(
      "Reads files in quarantine again: all, those of a source, or one as the list names it; answers what came of each",
      retriedShape,
      asked.noQuery,
      asked.retryBody,
    ),
    body(asked.retryBody),
    async (context) => {
      const wanted = context.req.valid("json");
      const answer = retriedOf(await deps.retryQuarantine(wanted));
      if (wanted.file !== undefined && answer.items.length === 0)
        throw new Problem("not-found", `${wanted.file} is not in quarantine.`);
      const { retried } = answer;
      if (retried.length > 0)
        deps.audit({
          ...callerOf(context),
          at: deps.now(),
          what: "quarantine.retried",
          subject: wanted.file ?? null,
          before: null,
          after: { source: wanted.source ?? null, files: retried.length },
        });
      return context.json(answer);
    },
  );

  app.post(
    "/api/scan",
    describe(
      "Runs one scanner now, or joins the run under way, and answers when it has ended",
      scannerRunShape,
      asked.noQuery,
      asked.scanBody,
    ),
    body(asked.scanBody),
    async (context) => context.json(await deps.scan(context.req.valid("json").name)),
  );

  app.get(
    "/api/market",
    describe("The market: one view, a row an exchange, movers, the watched symbols", marketDetailShape),
    query(asked.noQuery),
    (context) => context.json(deps.market()),
  );

  app.get(
    "/api/candles",
    describe("Closed candles of a symbol, oldest first", candlesShape, asked.candlesQuery),
    query(asked.candlesQuery),
    (context) => {
      const { symbol, timeframe, exchange, limit = 300, until } = context.req.valid("query");
      return context.json(deps.candles(symbol, timeframe, { exchange, limit, until: until?.(deps.now()) }));
    },
  );

  app.get(
    "/api/symbols/:symbol",
    describe("All that is known of a symbol now", symbolDetailShape),
    query(asked.noQuery),
    async (context) => {
      const named = symbolOf(context.req.param("symbol"));
      if (!named) throw new Problem("not-found");
      return context.json(await deps.symbol(named.symbol));
    },
  );

  app.get(
    "/api/events",
    describe("What was told after a place in the order", eventsShape, asked.eventsQuery),
    query(asked.eventsQuery),
    (context) => {
      const { after, limit = 100 } = context.req.valid("query");
      return context.json(deps.events(after, limit));
    },
  );

  app.get(
    "/api/dashboard/health",
    describe("Every check by itself, and one word for all", healthShape),
    query(asked.noQuery),
    (context) => context.json(deps.health()),
  );

  app.get(
    "/api/dashboard/config",
    describe("The settings that may change while it runs", configShape, asked.configQuery),
    query(asked.configQuery),
    (context) => {
      const { origins } = context.req.valid("query");
      const { tunables, etag } = deps.config();
      context.header("etag", etag);
      context.header("cache-control", ownAnswer);
      if (origins === "1") return context.json({ ...tunables, origins: deps.origins() });
      return hasAlready(context.req.header("if-none-match"), etag) ? context.body(null, 304) : context.json(tunables);
    },
  );

  app.get(
    "/api/dashboard/config/schema",
    describe("JSON Schema of the settings, with units and help", z.looseObject({})),
    query(asked.noQuery),
    (context) => context.json(deps.configSchema()),
  );

  app.post(
    "/api/dashboard/config",
    describe("Changes any subset of the settings, at once", changedShape, asked.noQuery, tunablesPatchSchema),
    body(tunablesPatchSchema),
    (context) => {
      assertNotOvertaken(context, deps);
      deps.changeConfig(context.req.valid("json"), callerOf(context));
      context.header("etag", deps.config().etag);
      return context.json({ status: "success", message: "The settings hold from now on.", timestamp: deps.isoNow() });
    },
  );

  app.delete(
    "/api/dashboard/config/:key",
    describe("Takes back what was set at run time: the config file's value, or the default, holds again", changedShape),
    query(asked.noQuery),
    (context) => {
      assertNotOvertaken(context, deps);
      deps.unsetConfig(context.req.param("key"), callerOf(context));
      context.header("etag", deps.config().etag);
      return context.json({
        status: "success",
        message: "The config file's value, or the default, holds from now on.",
        timestamp: deps.isoNow(),
      });
    },
  );

  app.get(
    "/api/dashboard/config/history",
    describe(
      "What was set at run time, when and by whom, newest first",
      itemsOf(settingsChangeShape),
      asked.configHistoryQuery,
    ),
    query(asked.configHistoryQuery),
    (context) =>
      context.json({ items: deps.settingsHistory(context.req.valid("query").limit ?? 20), next_cursor: null }),
  );

  app.post(
    "/api/dashboard/config/preview",
    describe("What a change would have done to the last 7 days", previewShape, asked.noQuery, tunablesPatchSchema),
    body(tunablesPatchSchema),
    async (context) => context.json(await deps.preview(context.req.valid("json"))),
  );

  app.get(
    "/api/preferences",
    describe("How the asking account wants its pages", preferencesShape),
    query(asked.noQuery),
    (context) => context.json(deps.preferences(accountOf(context))),
  );

  app.patch(
    "/api/preferences",
    describe("Changes any subset of one's own preferences", preferencesShape, asked.noQuery, preferencesPatch),
    body(preferencesPatch),
    (context) =>
      // A field that is left out is no field that is taken away.
      context.json(deps.changePreferences(accountOf(context), context.req.valid("json") as Partial<Preferences>)),
  );

  app.post(
    "/api/errors",
    describe("Takes down what went wrong in a browser", z.null(), asked.noQuery, asked.browserError, { status: 204 }),
    body(asked.browserError),
    (context) => {
      deps.browserFailed(context.req.valid("json"), context.env.principal?.name ?? "nobody");
      return context.body(null, 204);
    },
  );

  addSignInRoutes(app, deps.access);
  addIdentityProviderRoutes(app, deps.access);
  addAccountRoutes(app, deps.access);
  addUserRoutes(app, deps.access);
  addTokenRoutes(app, deps.access);
  addOwnerRoutes(app, deps.owner);

  app.get(
    "/api/audit",
    describe("Who did what, when and from where, newest first", listOf(auditShape), asked.auditQuery),
    query(asked.auditQuery),
    (context) => {
      const { who, what, ...page } = context.req.valid("query");
      return answerList(context, deps, "audit", auditShape, page, { who, what });
    },
  );

  app.get(
    "/api/audit/chain",
    describe(
      "Goes along the whole chain of the audit log: where it ends, and whether it holds",
      auditChainShape,
      asked.noQuery,
    ),
    query(asked.noQuery),
    async (context) => context.json(await deps.auditChain()),
  );

  app.get("/healthz", describe("It is alive", z.object({ status: z.literal("alive") })), (context) =>
    context.json({ status: "alive" }),
  );
  app.get(
    "/readyz",
    describe("It has looked at every source, and stores; 503 and why until then", readinessShape),
    (context) => {
      const readiness = deps.readiness();
      return context.json(readiness, readiness.status === "ready" ? 200 : 503);
    },
  );
  app.get(
    "/api/prometheus/sd",
    describe("This daemon as a target, for Prometheus' HTTP service discovery", serviceDiscoveryShape),
    query(asked.noQuery),
    (context) =>
      context.json([
        targetOf({
          host: context.env.host ?? new URL(context.req.url).host,
          secure: context.env.secure,
          basePath: deps.access.basePath(),
          version: deps.version,
        }),
      ]),
  );
  app.post(
    "/api/ingest/alertmanager",
    describe(
      "Takes what Alertmanager's or Grafana's webhook tells: firing alerts stand on the desk until they are resolved, their own end comes, or they are not told for a day",
      receivedAlertsShape,
      asked.noQuery,
      alertmanagerSchema,
    ),
    body(alertmanagerSchema),
    async (context) => {
      const { alerts } = context.req.valid("json");
      const { read, refusals } = readAlerts(alerts, deps.now());
      refusals.push(
        ...(await deps.receiveAlerts(read, context.env.by === "off" ? null : (context.env.principal?.name ?? null))),
      );
      const received = receivedAlerts(alerts.length - refusals.length, refusals);
      // Its sender writes into its log what is refused as a whole, and nothing else.
      if (received.accepted === 0 && received.refused > 0)
        throw new Problem(
          "validation",
          `accepted: 0, refused: ${received.refused}`,
          received.refusals.map(({ index, reason }) => ({ path: `alerts[${index}]`, message: reason })),
        );
      return context.json(received);
    },
  );

  app.get(
    "/metrics",
    describe("Every metric, as Prometheus reads it", z.string(), asked.noQuery, undefined, { as: "text/plain" }),
    (context) => deps.metrics(context.req.raw),
  );
  app.get("/api/openapi.json", async (context) =>
    context.json(await describeApi(app, context, { version: deps.version, basePath: deps.access.basePath(), needs })),
  );
  app.get("*", (context) => answerPage(context, app, deps));
  assertEveryRouteHasItsNeed(app, needs);
  return app;
}

const configShape = tunablesSchema.extend({
  origins: z.array(settingOriginShape).optional().meta({ description: "with origins=1: where each value comes from" }),
});

const changedShape = z.object({ status: z.literal("success"), message: z.string(), timestamp: z.string() });

const eventsShape = z.object({
  epoch: z.string(),
  seq: z.number().int(),
  oldest: z
    .number()
    .int()
    .nullable()
    .meta({ description: "the oldest event still kept: whoever stopped before the one before it has missed some" }),
  items: z.array(z.unknown()),
});

const bodyBytesMax = 1024 * 1024;
/** A webhook tells every alert of its group at once, a thousand bytes each, and is not sent again in parts. */
const webhookBytesMax = 8 * 1024 * 1024;

const tooLarge = () => problemResponse(new Problem("too-large"));
const usualBody = bodyLimit({ maxSize: bodyBytesMax, onError: tooLarge });
const webhookBody = bodyLimit({ maxSize: webhookBytesMax, onError: tooLarge });

const limitBody: MiddlewareHandler<AppEnv> = (context, next) =>
  (context.req.path.startsWith("/api/ingest/") ? webhookBody : usualBody)(context, next);

const nestedMax = 32;

/** Looked at before it is parsed: a parser, and what walks its result, goes as deep as it is sent. */
async function depthLimit(context: Context, next: () => Promise<void>): Promise<void> {
  if (
    /json/i.test(context.req.header("content-type") ?? "") &&
    nestsDeeperThan(new Uint8Array(await context.req.arrayBuffer()), nestedMax)
  ) {
    throw new Problem("validation", `The body is nested deeper than ${nestedMax} levels.`);
  }
  await next();
}

/** Labels are of bounded size: a method nobody knows is one of many. */
const knownMethods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** A page as JSON, or with `format` the whole filter as a download. */
async function answerList<N extends DownloadName>(
  context: Context<AppEnv>,
  deps: ApiDeps,
  name: N,
  shape: z.ZodObject,
  page: Parameters<typeof answerPart>[2]["page"],
  filter: Omit<Parameters<ApiDeps["lists"][N]>[0], keyof Part>,
): Promise<Response> {
  const find = deps.lists[name] as (queries: Part) => Promise<ListOf<unknown>>;
  const answer = await answerPart({ context, query: null, body: null, params: {} }, deps, {
    name,
    shape,
    page,
    filter,
    find,
  });
  return answer instanceof Response ? answer : context.json(answer);
}

/** Pages and what they load. Who is not known is shown the way to the sign-in page, and nothing of what lies behind it. */
async function answerPage(context: Context<AppEnv>, app: Hono<AppEnv>, deps: ApiDeps): Promise<Response> {
  const { path } = context.env;
  const allowed = methodsAt(app, path);
  if (allowed.length > 0) return wrongMethodResponse(allowed);
  if (context.env.principal === null && !(await deps.assets.isPublic(path))) {
    return deps.assets.isPage(path)
      ? toSignIn(path, new URL(context.req.url).search)
      : problemResponse(new Problem("not-signed-in"));
  }
  return (await deps.assets.serve(path, context.req.raw)) ?? problemResponse(new Problem("not-found"));
}

/** No route of this method: another may be, or a page. */
function answerUnknown({ env: { path } }: Context<AppEnv>, app: Hono<AppEnv>, deps: ApiDeps): Response {
  const allowed = methodsAt(app, path);
  if (allowed.length > 0) return wrongMethodResponse(allowed);
  return deps.assets.isPage(path) ? wrongMethodResponse(["GET", "HEAD"]) : problemResponse(new Problem("not-found"));
}

/** Read by who it is about, and told him alone. */
function isOwn(context: Context<AppEnv>, needs: Needs): boolean {
  const route = routeOf(context);
  return route !== null && context.res.ok && route.startsWith("GET ") && needs[route] === "signed-in";
}

const usualStretchMs = 4 * 3_600_000;

function momentOf(since: asked.Moment | undefined, deps: ApiDeps): number {
  const now = deps.now();
  return since?.(now) ?? now - usualStretchMs;
}

/** Throws Problem where the caller knew other settings than those that hold. */
function assertNotOvertaken(context: Context<AppEnv>, deps: ApiDeps): void {
  const wanted = context.req.header("if-match");
  if (wanted !== undefined && wanted !== "*" && !sameTag(wanted, deps.config().etag))
    throw new Problem("changed-meanwhile");
}

function accountOf(context: Context<AppEnv>): string {
  if (context.env.principal === null) throw new Problem("not-signed-in");
  return context.env.principal.key;
}

/** Who asks and from where, as the audit log names them. */
function callerOf({ env }: Context<AppEnv>): { readonly who: string; readonly from: string } {
  return { who: env.principal?.name ?? "nobody", from: env.address };
}

function found<T>(item: T | null): T {
  if (item === null) throw new Problem("not-found");
  return item;
}

function answerError(error: Error, deps: ApiDeps): Response {
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

function listOf(item: z.ZodType) {
  return z.object({ items: z.array(item), next_cursor: z.string().nullable() });
}

function itemsOf(item: z.ZodType) {
  return z.object({ items: z.array(item), next_cursor: z.null() });
}
