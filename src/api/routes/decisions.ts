import { z } from "zod";
import { since, source, symbol } from "../../core/query-text";
import { decisionCountsShape, decisionFilter } from "../../views/decisions";
import { decisionDetailShape, type DecisionDetail } from "../../views/trace";
import { listRoute, momentOf, type ListingDeps } from "../listing";
import { Problem } from "../problems";
import { found, route, type Route } from "../route";

const countsQuery = z.strictObject({
  since: since.optional(),
  symbol: symbol.optional(),
  source: source.optional(),
});

export interface DecisionDeps extends ListingDeps {
  /** Whether an alert of this id sums up what was missed while the daemon was away. */
  readonly isMissed: (alertId: string) => boolean;
  /** Null where there is none. */
  readonly decisionDetail: (id: string) => DecisionDetail | null;
}

export function decisionRoutes(deps: DecisionDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/decisions/counts",
      need: "dashboard.view",
      summary: "How many decisions ended with each word; of the last 4 hours where since is left out",
      query: countsQuery,
      answer: decisionCountsShape,
      handle: ({ query: { since, ...filter } }) =>
        deps.queries.decisionCounts({ ...filter, since: momentOf(since, deps.now()) }),
    }),
    route({
      method: "GET",
      path: "/api/decisions/:id",
      need: "dashboard.view",
      summary: "One decision, with every check and what was read",
      answer: decisionDetailShape,
      handle: ({ params }) => found(deps.decisionDetail(params.id)),
    }),
    listRoute("decisions", deps, {
      summary: "What was decided of each item, and why",
      filter: decisionFilter,
      check: ({ missed }) => assertMissed(missed, deps),
    }),
  ];
}

/** Throws Problem where it is no alert about what was missed. */
function assertMissed(missed: string | undefined, deps: DecisionDeps): void {
  if (missed === undefined || deps.isMissed(missed)) return;
  const message = `${missed} is no alert missed-while-away that is kept`;
  throw new Problem("validation", undefined, [{ path: "missed", message }]);
}
