import { signalShape } from "../../views/shapes";
import { signalDetailShape, type SignalDetail } from "../../views/trace";
import { answerList, type ListingDeps } from "../listing";
import type { Lists } from "../ports";
import { signalsQuery } from "../queries";
import { found, listOf, route, type Route } from "../route";

export interface SignalDeps extends ListingDeps {
  readonly lists: Pick<Lists, "signals">;
  /** Null where there is none. */
  readonly signalDetail: (id: string) => SignalDetail | null;
}

export function signalRoutes(deps: SignalDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/signals",
      need: "dashboard.view",
      summary: "Signals, newest first",
      query: signalsQuery,
      answer: listOf(signalShape),
      handle(call) {
        const { symbol, source, direction, timeframe, min_strength: minStrength, outcome, ...rest } = call.query;
        const { decision: word, by, order, q, ...page } = rest;
        const filter = { symbol, source, direction, timeframe, minStrength, outcome, word, by, order, q };
        return answerList(call, deps, { name: "signals", shape: signalShape, page, filter, find: deps.lists.signals });
      },
    }),
    route({
      method: "GET",
      path: "/api/signals/:id",
      need: "dashboard.view",
      summary: "All that is known of a signal: the raw report, the trace",
      answer: signalDetailShape,
      handle: ({ params }) => found(deps.signalDetail(params.id)),
    }),
  ];
}
