import type { Timeframe } from "../../views/overview";
import { overviewShape } from "../../views/shapes";
import { overviewQuery } from "../queries";
import { route, type Route } from "../route";

export interface OverviewDeps {
  readonly overview: (timeframe: Timeframe, request: Request) => Response;
}

export function overviewRoutes(deps: OverviewDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/dashboard/overview",
      need: "dashboard.view",
      limit: "overview",
      summary: "All a desk shows at once",
      query: overviewQuery,
      answer: overviewShape,
      handle: ({ query: { timeframe = "4h" }, context }) => deps.overview(timeframe, context.req.raw),
    }),
  ];
}
