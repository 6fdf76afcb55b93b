import { opportunityShape } from "../../views/shapes";
import { opportunityDetailShape, type OpportunityDetail } from "../../views/trace";
import { answerList, type ListingDeps } from "../listing";
import type { Lists } from "../ports";
import { opportunitiesQuery } from "../queries";
import { found, listOf, route, type Route } from "../route";

export interface OpportunityDeps extends ListingDeps {
  readonly lists: Pick<Lists, "opportunities">;
  /** Null where there is none. */
  readonly opportunityDetail: (id: string) => OpportunityDetail | null;
}

export function opportunityRoutes(deps: OpportunityDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/opportunities",
      need: "dashboard.view",
      summary: "Alpha opportunities, newest first",
      query: opportunitiesQuery,
      answer: listOf(opportunityShape),
      handle(call) {
        const { symbol, source, pattern, min_confidence: minConfidence, outcome, by, q, ...page } = call.query;
        const filter = { symbol, source, pattern, minConfidence, outcome, by, q };
        const find = deps.lists.opportunities;
        return answerList(call, deps, { name: "opportunities", shape: opportunityShape, page, filter, find });
      },
    }),
    route({
      method: "GET",
      path: "/api/opportunities/:id",
      need: "dashboard.view",
      summary: "All that is known of an opportunity",
      answer: opportunityDetailShape,
      handle: ({ params }) => found(deps.opportunityDetail(params.id)),
    }),
  ];
}
