import { z } from "zod";
import { deliveryStates, purposes } from "../../core/notify/delivery";
import { matchWords } from "../../core/match-schema";
import { pageFields, type Filter } from "./page";

export const deliveryFilter = z.strictObject({
  ...pageFields,
  state: z.enum(deliveryStates).optional().describe("In this state now."),
  channel: z.string().min(1).max(40).optional().describe("To the channel of this name."),
  purpose: z.enum(purposes).optional().describe("Sent for this."),
  alert: z
    .string()
    .regex(/^a\d{1,15}$/, "expected the id of an alert such as a12")
    .optional()
    .describe("About the alert of this id."),
  match: matchWords.optional(),
});
export type DeliveryFilter = Filter<typeof deliveryFilter>;
