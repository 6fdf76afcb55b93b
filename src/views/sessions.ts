import { z } from "zod";

const time = z.string().meta({ format: "date-time" });

/** Where somebody is signed in. */
export const sessionShape = z.object({
  id: z.string(),
  current: z.boolean(),
  created_at: time,
  last_seen_at: time,
  ends_at: time,
  address: z.string(),
  agent: z.string(),
});
