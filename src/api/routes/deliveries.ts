import { deliveryCountsShape, deliveryFilter } from "../../views/deliveries";
import { listRoute, type ListingDeps } from "../listing";
import type { Route } from "../route";

export function deliveryRoutes(deps: ListingDeps): Route[] {
  return [
    listRoute("deliveries", deps, {
      summary: "What was sent to whom and when, and what was not, newest first",
      filter: deliveryFilter,
      counts: { shape: deliveryCountsShape, of: (filter) => deps.queries.deliveryCounts(filter) },
    }),
  ];
}
