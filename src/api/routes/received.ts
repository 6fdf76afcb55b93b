import { receivedDetailShape, type ReceivedDetail } from "../../views/trace";
import { found, route, type Route } from "../route";

export interface ReceivedDeps {
  /** Null where there is none. */
  readonly receivedDetail: (id: string) => ReceivedDetail | null;
}

export function receivedRoutes(deps: ReceivedDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/received/:id",
      need: "dashboard.view",
      summary:
        "What was received at once (r16: a report, a scan, a measurement, a moment of time) or a view of the " +
        "market (m15), and what was decided of it",
      answer: receivedDetailShape,
      handle: ({ params }) => found(deps.receivedDetail(params.id)),
    }),
  ];
}
