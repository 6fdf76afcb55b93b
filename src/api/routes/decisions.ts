import { isGate, isVerdict } from "../../core/decide/decision";
import { decisionCountsShape } from "../../views/counts";
import { decisionShape } from "../../views/shapes";
import { decisionDetailShape, type DecisionDetail } from "../../views/trace";
import { answerList, momentOf, type ListingDeps } from "../listing";
import type { Lists } from "../ports";
import { Problem } from "../problems";
import { countsQuery, decisionsQuery } from "../queries";
import { found, listOf, route, type Route } from "../route";

export interface DecisionDeps extends ListingDeps {
  readonly lists: Pick<Lists, "decisions" | "decisionCounts">;
  /** Null where there is none. */
  readonly decisionDetail: (id: string) => DecisionDetail | null;
}

export function decisionRoutes(deps: DecisionDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/decisions/counts",
      need: "dashboard.view",
      summary: "How many decisions ended with each word; of the last 4 hours unless told otherwise",
      query: countsQuery,
      answer: decisionCountsShape,
      handle: ({ query: { since, ...filter } }) =>
        deps.lists.decisionCounts({ ...filter, since: momentOf(since, deps.now()) }),
    }),
    route({
      method: "GET",
      path: "/api/decisions/:id",
      need: "dashboard.view",
      summary: "One decision, with every check and what was read",
      answer: decisionDetailShape,
      handle: ({ params }) => found(deps.decisionDetail(params.id)),
    }),
    route({
      method: "GET",
      path: "/api/decisions",
      need: "dashboard.view",
      summary: "What was decided of each item, and why",
      query: decisionsQuery,
      answer: listOf(decisionShape),
      handle(call) {
        const { outcome, verdict, reason, symbol, source, missed, q, ...page } = call.query;
        if (verdict && !isVerdict(verdict)) throw refused("verdict", `${verdict} is no verdict`);
        if (reason && !isGate(reason)) throw refused("reason", `${reason} is no gate`);
        const filter = { outcome, word: verdict ?? reason, symbol, source, missed, q };
        const find = deps.lists.decisions;
        return answerList(call, deps, { name: "decisions", shape: decisionShape, page, filter, find });
      },
    }),
  ];
}

function refused(path: string, message: string): Problem {
  return new Problem("validation", undefined, [{ path, message }]);
}
