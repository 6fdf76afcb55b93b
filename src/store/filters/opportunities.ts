import { z } from "zod";
import { decimal, search, source, symbol } from "../../core/query-text";
import { outcome } from "./decisions";
import { order, pageFields, type Filter } from "./page";

export const opportunityFilter = z.strictObject({
  ...pageFields,
  symbol: symbol.optional(),
  source: source.optional(),
  pattern: z.string().max(60).optional().describe("Of this pattern, such as beta_expansion."),
  min_confidence: decimal(0, 1).optional().describe("At least this confident: a ratio."),
  outcome: outcome.optional(),
  by: z
    .enum(["received", "observed", "confidence", "potential"])
    .optional()
    .describe("What the list goes by; received, where left out, is the order of arrival."),
  order,
  q: search.optional(),
});
export type OpportunityFilter = Filter<typeof opportunityFilter>;
