import { z } from "zod";

/** What a client may say. */
export function clientFrameSchema(topics: readonly string[]) {
  return z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("subscribe"), topics: z.array(z.enum(topics)).max(topics.length) }),
    z.strictObject({ type: z.literal("resume"), epoch: z.string().max(100), seq: z.number().int().min(0) }),
    z.strictObject({ type: z.literal("ping") }),
  ]);
}
