import { z } from "zod";
import { alertTypes, priorities } from "../core/alert";

const counts = z.record(z.string(), z.number().int());
const wouldHaveShape = z.object({
  alerts: z.number().int(),
  held_back: z.number().int(),
  by_priority: counts,
  by_word: counts.meta({ description: "decisions by the word they ended with" }),
});

/** What one set of settings makes of a stretch of the past. */
export type WouldHave = z.infer<typeof wouldHaveShape>;

const difference = z
  .object({
    count: z.number().int(),
    items: z
      .array(
        z.object({
          timestamp: z.iso.datetime(),
          type: z.enum(alertTypes),
          priority: z.enum(priorities),
          symbol: z.string().nullable(),
          message: z.string(),
        }),
      )
      .meta({ description: "the newest of them" }),
  })
  .meta({
    description:
      "alerts raised at one moment under the one and not under the other; one that only comes later counts in both",
  });

/** What a change would have done, by the code that decides live. */
export const previewShape = z
  .object({
    since: z.iso.datetime(),
    until: z.iso.datetime(),
    observations: z.number().int(),
    complete: z
      .boolean()
      .meta({ description: "false: there is more than is looked at, and `since` is later than 7 days ago" }),
    rules: z
      .object({
        asked: z.array(z.string()).meta({ description: "the rules that were asked again" }),
        within_seconds: z
          .number()
          .meta({ description: "one that does not answer within this is left out from there on" }),
        faults: z.number().int().meta({ description: "questions, under both settings, that a rule failed on" }),
        trouble: z
          .string()
          .nullable()
          .meta({ description: "why they cannot be asked; what they said then is what counts" }),
      })
      .nullable()
      .meta({ description: "rules of your own; null where there are none" }),
    current: wouldHaveShape,
    proposed: wouldHaveShape,
    lost: difference,
    gained: difference,
  })
  .meta({ id: "Preview" });
export type Preview = z.infer<typeof previewShape>;
