import { z } from "zod";
import { words } from "../../core/decide/decision";
import { decimal, search, source, symbol } from "../../core/query-text";
import { directions } from "../../core/signal";
import { outcome } from "./decisions";
import { order, pageFields, type Filter } from "./page";

export const signalFilter = z.strictObject({
  ...pageFields,
  symbol: symbol.optional(),
  source: source.optional(),
  direction: z.enum(directions).optional().describe("Of this direction, whatever the report's own word."),
  timeframe: z.string().max(20).optional().describe("Of this timeframe, as the report writes it."),
  min_strength: decimal(0, 100).optional().describe("At least this strong."),
  outcome: outcome.optional(),
  decision: z.enum(words).optional().describe("Raised, or what stopped it."),
  by: z
    .enum(["received", "observed", "strength", "score", "reliability", "price"])
    .optional()
    .describe("What the list goes by; received, where left out, is the order of arrival."),
  order,
  q: search.optional(),
});
export type SignalFilter = Filter<typeof signalFilter>;
