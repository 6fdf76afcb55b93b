import { z } from "zod";
import type { Actor } from "../../auth/accounts";
import type { Route as AlertRoute } from "../../core/notify/route";
import { routePreviewShape, routesShape, type RoutePreviewShape, type RoutesShape } from "../../views/routes";
import { actorOf, route, type Route } from "../route";

export interface RouteRouteDeps {
  /** How routes are asked for. */
  readonly asked: z.ZodType<readonly AlertRoute[]>;
  readonly list: () => RoutesShape;
  /** Null: the config's word holds again. Throws Problem. */
  readonly put: (routes: readonly AlertRoute[] | null, by: Actor) => Promise<RoutesShape>;
  /** Null: of those that hold. Throws Problem. */
  readonly preview: (routes: readonly AlertRoute[] | null) => RoutePreviewShape;
}

const path = "/api/routes";

export function routeRoutes(deps: RouteRouteDeps): Route[] {
  return [
    route({
      method: "GET",
      path,
      need: "dashboard.view",
      summary: "Which alerts go to whom, and when",
      answer: routesShape,
      handle: () => deps.list(),
    }),
    route({
      method: "PUT",
      path,
      need: "dashboard.settings.manage",
      limit: "configWrite",
      summary: "Sets the routes, all of them at once; null lets the config file's hold again",
      body: z.strictObject({ routes: deps.asked.nullable() }),
      answer: routesShape,
      handle: (call) => deps.put(call.body.routes, actorOf(call)),
    }),
    route({
      method: "POST",
      path: `${path}/preview`,
      need: "dashboard.view",
      summary: "What routes would have made of the alerts of the last 7 days, by day; left out: those in force",
      body: z.strictObject({ routes: deps.asked.optional() }),
      answer: routePreviewShape,
      handle: ({ body }) => deps.preview(body.routes ?? null),
    }),
  ];
}
