import { z } from "zod";
import { alertStates, alertTypes, priorities } from "../../core/alert";
import { matchWords } from "../../core/match-schema";
import { search, source, symbol } from "../../core/query-text";
import { order, pageFields, type Filter } from "./page";

export const alertFilter = z.strictObject({
  ...pageFields,
  priority: z.enum(priorities).optional().describe("Of this priority."),
  min_priority: z.enum(priorities).optional().describe("Of this priority or more urgent."),
  type: z.enum(alertTypes).optional().describe("Of this type."),
  symbol: symbol.optional(),
  source: source.optional(),
  state: z.enum(alertStates).optional().describe("In this state now."),
  delivery: z.enum(["failed"]).optional().describe("A message about it failed for good."),
  match: matchWords.optional(),
  by: z.enum(["priority"]).optional().describe("What the list goes by; where left out, newest first. Not with match."),
  order,
  q: search.optional(),
});
export type AlertFilter = Filter<typeof alertFilter>;
