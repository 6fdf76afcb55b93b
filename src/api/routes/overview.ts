import { z } from "zod";
import { timeframes, type Timeframe } from "../../views/overview";
import { overviewShape } from "../../views/overview-shape";
import { route, type Route } from "../route";

const overviewQuery = z.strictObject({
  timeframe: z
    .enum(Object.keys(timeframes) as [keyof typeof timeframes, ...(keyof typeof timeframes)[]])
    .optional()
    .describe("How far back signals, alerts and what was held back go; 4h where left out."),
});

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
      summary: "Everything the desk shows, in one answer",
      query: overviewQuery,
      answer: overviewShape,
      handle: ({ query: { timeframe = "4h" }, context }) => deps.overview(timeframe, context.req.raw),
    }),
  ];
}
