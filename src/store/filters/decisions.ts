import { z } from "zod";
import { isGate, isVerdict, words } from "../../core/decide/decision";
import { search, source, symbol } from "../../core/query-text";
import { order, pageFields } from "./page";

export const outcome = z
  .enum(["raised", "held", "not-worth"])
  .describe("raised: an alert. held: worth one, and held back by a gate. not-worth: no verdict was for it.");
export type Outcome = z.output<typeof outcome>;

export const decisionFilter = z.strictObject({
  ...pageFields,
  outcome: outcome.optional(),
  verdict: z
    .enum(words)
    .refine(isVerdict, { error: ({ input }) => `${String(input)} is no verdict` })
    .optional()
    .describe("Not worth an alert for this verdict."),
  reason: z
    .enum(words)
    .refine(isGate, { error: ({ input }) => `${String(input)} is no gate` })
    .optional()
    .describe("Held back by this gate."),
  symbol: symbol.optional(),
  source: source.optional(),
  missed: z.string().max(40).optional().meta({ description: "id of an alert missed-while-away: what it sums up" }),
  by: z.enum(["strength", "priority"]).optional().describe("What the list goes by; where left out, newest first."),
  order,
  q: search.optional(),
});
