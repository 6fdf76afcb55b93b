import { z } from "zod";
import { parseDuration } from "../core/duration";

/** A duration as the config spells it, in ms once read. */
export const durationSchema = z.string().transform((text, context) => {
  const ms = parseDuration(text);
  if (ms !== null) return ms;
  context.addIssue({
    code: "custom",
    message: `expected a duration such as "90s", "15m", "4h" or "30d", got ${JSON.stringify(text)}`,
  });
  return z.NEVER;
});
