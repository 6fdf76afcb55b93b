import { z } from "zod";
import { gates } from "../../core/decide/decision";
import { since, source, symbol, whole } from "../../core/query-text";
import { decisionCountsShape, decisionFilter } from "../../views/decisions";
import { heldGroupsShape } from "../../views/held-groups";
import { decisionDetailShape, type DecisionDetail } from "../../views/trace";
import { listRoute, momentOf, type ListingDeps } from "../listing";
import { Problem } from "../problems";
import { found, route, type Route } from "../route";

const countsQuery = z.strictObject({
  since: since.optional(),
  symbol: symbol.optional(),
  source: source.optional(),
});

const groupsQuery = countsQuery.extend({
  reason: z.enum(gates).optional().describe("Held back by this gate."),
  limit: whole(1, 100).optional().describe("At most so many, 50 where left out."),
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
      summary:
        "How many decisions ended raised, or with each verdict or gate; of the last 4 hours where since is left out",
      query: countsQuery,
      answer: decisionCountsShape,
      handle: ({ query: { since, ...filter } }) =>
        deps.queries.decisionCounts({ ...filter, since: momentOf(since, deps.now()) }),
    }),
    route({
      method: "GET",
      path: "/api/decisions/held-groups",
      need: "dashboard.view",
      summary: "What was held back, by symbol and gate; of the last 4 hours where since is left out",
      query: groupsQuery,
      answer: heldGroupsShape,
      handle: ({ query: { since, limit = 50, ...filter } }) =>
        deps.queries.heldGroups({ ...filter, limit, since: momentOf(since, deps.now()) }),
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
      summary: "Decisions, newest first: what came of each item, and why",
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
