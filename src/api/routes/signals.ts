import { signalFilter } from "../../views/signals";
import { signalDetailShape, type SignalDetail } from "../../views/trace";
import { listRoute, type ListingDeps } from "../listing";
import { found, route, type Route } from "../route";

export interface SignalDeps extends ListingDeps {
  /** Null where there is none. */
  readonly signalDetail: (id: string) => SignalDetail | null;
}

export function signalRoutes(deps: SignalDeps): Route[] {
  return [
    listRoute("signals", deps, { summary: "Signals, newest first", filter: signalFilter }),
    route({
      method: "GET",
      path: "/api/signals/:id",
      need: "dashboard.view",
      summary: "One signal with all that is known of it: the raw report, the trace",
      answer: signalDetailShape,
      handle: ({ params }) => found(deps.signalDetail(params.id)),
    }),
  ];
}
