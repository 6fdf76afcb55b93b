import { z } from "zod";
import { pageFields, type Filter } from "./page";

export const auditFilter = z.strictObject({
  ...pageFields,
  id: z
    .string()
    .regex(/^\d{1,15}$/, "expected the number of an entry such as 12")
    .optional()
    .describe("The entry of this number."),
  who: z.string().min(1).max(300).optional().describe("Done by this account or token."),
  what: z.string().min(1).max(100).optional().describe("Of this kind, such as sign-in or settings.changed."),
});
export type AuditFilter = Filter<typeof auditFilter>;
