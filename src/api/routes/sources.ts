import { sourceDetailShape, type SourceDetail } from "../../views/sources";
import { itemsOf, route, type Route } from "../route";

export interface SourceDeps {
  readonly sources: () => Promise<SourceDetail[]>;
}

export function sourceRoutes(deps: SourceDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/sources",
      need: "dashboard.view",
      summary: "Every source: state, freshness, cadence, and the habits its signals show",
      answer: itemsOf(sourceDetailShape),
      handle: async () => ({ items: await deps.sources(), next_cursor: null }),
    }),
  ];
}
