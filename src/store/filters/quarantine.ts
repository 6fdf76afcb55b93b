import { z } from "zod";
import { search, source } from "../../core/query-text";
import { order, pageFields, type Filter } from "./page";

export const quarantineFilter = z.strictObject({
  ...pageFields,
  source: source.optional(),
  reason: z.string().max(60).optional().describe("Refused for this reason."),
  by: z
    .enum(["last-seen", "first-seen", "attempts"])
    .optional()
    .describe("What the list goes by; last-seen where left out."),
  order,
  q: search.optional(),
});
/** `q`: part of the file's name or of the detail. */
export type QuarantineFilter = Filter<typeof quarantineFilter>;
