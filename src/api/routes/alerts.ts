import { z } from "zod";
import { priorities } from "../../core/alert";
import { alertGroupsShape } from "../../views/counts";
import { alertShape } from "../../views/shapes";
import { alertDetailShape, type AlertDetail } from "../../views/trace";
import { answerList, momentOf, type ListingDeps } from "../listing";
import type { Lists } from "../ports";
import { alertGroupsQuery, alertsQuery, recentAlertsQuery } from "../queries";
import { found, listOf, route, type Route } from "../route";

export interface AlertDeps extends ListingDeps {
  readonly lists: Pick<Lists, "alerts" | "alertGroups">;
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
        (await deps.lists.alerts({ limit, priorities: priority && [priority], type })).items,
    }),
    route({
      method: "GET",
      path: "/api/alerts",
      need: "dashboard.view",
      summary: "Alerts, newest first",
      query: alertsQuery,
      answer: listOf(alertShape),
      handle(call) {
        const { priority, min_priority: min, type, symbol, source, state, q, ...page } = call.query;
        const wanted = priority ? [priority] : min ? priorities.slice(priorities.indexOf(min)) : undefined;
        const filter = { priorities: wanted, type, symbol, source, state, q };
        return answerList(call, deps, { name: "alerts", shape: alertShape, page, filter, find: deps.lists.alerts });
      },
    }),
    route({
      method: "GET",
      path: "/api/alerts/groups",
      need: "dashboard.view",
      summary: "Alerts of one fingerprint together, and how many there were; of the last 4 hours unless told otherwise",
      query: alertGroupsQuery,
      answer: alertGroupsShape,
      handle: ({ query: { since, limit = 50, ...filter } }) =>
        deps.lists.alertGroups({ ...filter, limit, since: momentOf(since, deps.now()) }),
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
