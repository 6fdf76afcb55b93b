import { z } from "zod";
import { since, whole } from "../../core/query-text";
import { symbolOf } from "../../core/symbol";
import { symbolDetailShape, type SymbolDetail, symbolsShape } from "../../views/symbols";
import type { Queries } from "../../views/queries";
import { momentOf } from "../listing";
import { found, route, type Route } from "../route";

const symbolsQuery = z.strictObject({
  since: since.optional(),
  limit: whole(1, 100).optional().describe("At most so many."),
  depth: whole(1, 50).optional().describe("The newest so many signals of each; 12 where left out."),
});

export interface SymbolDeps {
  readonly now: () => number;
  readonly queries: Pick<Queries, "symbols">;
  readonly symbol: (symbol: string) => Promise<SymbolDetail>;
}

export function symbolRoutes(deps: SymbolDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/symbols",
      need: "dashboard.view",
      summary:
        "Symbols with a signal lately, each with its newest scores and their parts; of the last 4 hours where since is left out",
      query: symbolsQuery,
      answer: symbolsShape,
      handle: ({ query: { since, limit = 50, depth = 12 } }) =>
        deps.queries.symbols({ since: momentOf(since, deps.now()), limit, depth }),
    }),
    route({
      method: "GET",
      path: "/api/symbols/:symbol",
      need: "dashboard.view",
      summary: "One symbol with all that is known of it now",
      answer: symbolDetailShape,
      handle: ({ params }) => deps.symbol(found(symbolOf(params.symbol)).symbol),
    }),
  ];
}
