import { since, source, symbol, whole } from "../../core/query-text";
import { z } from "zod";
import { alertTypes, priorities } from "../../core/alert";
import { alertGroupsShape, alertFilter, alertShape } from "../../views/alerts";
import type { Narrowed } from "../../views/page";
import { alertDetailShape, type AlertDetail } from "../../views/trace";
import { listRoute, momentOf, type ListingDeps } from "../listing";
import { Problem } from "../problems";
import { found, route, type Route } from "../route";

const alertGroupsQuery = z.strictObject({
  since: since.optional(),
  limit: whole(1, 100).optional().describe("At most so many."),
  priority: z.enum(priorities).optional().describe("Of this priority."),
  type: z.enum(alertTypes).optional().describe("Of this type."),
  symbol: symbol.optional(),
  source: source.optional(),
});

const recentAlertsQuery = z.strictObject({
  limit: whole(1, 100).optional().describe("At most so many."),
  priority: z.enum(priorities).optional().describe("Of this priority."),
  alert_type: z.enum(alertTypes).optional().describe("Of this type."),
});

export interface AlertDeps extends ListingDeps {
  /** Null where there is none. */
  readonly alertDetail: (id: string) => AlertDetail | null;
}

export function alertRoutes(deps: AlertDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/dashboard/alerts/recent",
      need: "dashboard.view",
      limit: "recentAlerts",
      summary: "The newest alerts",
      query: recentAlertsQuery,
      answer: z.array(alertShape),
      handle: async ({ query: { limit = 20, priority, alert_type: type } }) =>
        (await deps.queries.alerts({ limit, priority, type })).items,
    }),
    listRoute("alerts", deps, { summary: "Alerts, newest first", filter: alertFilter, check: assertOneOrder }),
    route({
      method: "GET",
      path: "/api/alerts/groups",
      need: "dashboard.view",
      summary:
        "Alerts of one fingerprint together, and how many there were; of the last 4 hours where since is left out",
      query: alertGroupsQuery,
      answer: alertGroupsShape,
      handle: ({ query: { since, limit = 50, ...filter } }) =>
        deps.queries.alertGroups({ ...filter, limit, since: momentOf(since, deps.now()) }),
    }),
    route({
      method: "GET",
      path: "/api/alerts/:id",
      need: "dashboard.view",
      summary: "An alert and its trace",
      answer: alertDetailShape,
      handle: ({ params }) => found(deps.alertDetail(params.id)),
    }),
  ];
}

/** Throws Problem: what matchers find is found newest first. */
function assertOneOrder({ match, by, order }: Narrowed<typeof alertFilter>): void {
  if (match === undefined || (by ?? order) === undefined) return;
  const path = by === undefined ? "order" : "by";
  throw new Problem("validation", undefined, [{ path, message: "what match finds is newest first" }]);
}
