import { opportunityFilter } from "../../views/opportunities";
import { opportunityDetailShape, type OpportunityDetail } from "../../views/trace";
import { listRoute, type ListingDeps } from "../listing";
import { found, route, type Route } from "../route";

export interface OpportunityDeps extends ListingDeps {
  /** Null where there is none. */
  readonly opportunityDetail: (id: string) => OpportunityDetail | null;
}

export function opportunityRoutes(deps: OpportunityDeps): Route[] {
  return [
    listRoute("opportunities", deps, { summary: "Alpha opportunities, newest first", filter: opportunityFilter }),
    route({
      method: "GET",
      path: "/api/opportunities/:id",
      need: "dashboard.view",
      summary: "One opportunity with all that is known of it, and its trace",
      answer: opportunityDetailShape,
      handle: ({ params }) => found(deps.opportunityDetail(params.id)),
    }),
  ];
}
