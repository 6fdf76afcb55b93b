import { z } from "zod";
import { isGate, words } from "../core/decide/decision";
import type { AlertKind, Aggregates, Stretch } from "../store/aggregates";
import { isoOf, shapeAlert } from "./shape";
import { alertShape } from "./shapes";

/** How many decisions ended with each word; words that never came are left out. */
export const decisionCountsShape = z
  .object({
    since: z.iso.datetime(),
    raised: z.number().int(),
    held: z.number().int(),
    not_worth: z.number().int(),
    words: z
      .array(
        z.object({ word: z.enum(words), outcome: z.enum(["raised", "held", "not-worth"]), count: z.number().int() }),
      )
      .meta({ description: "the most frequent first" }),
  })
  .meta({ id: "DecisionCounts" });
export type DecisionCounts = z.infer<typeof decisionCountsShape>;

export function decisionCounts(aggregates: Aggregates, stretch: Stretch): DecisionCounts {
  const counted = aggregates.words(stretch).map(({ word, count }) => ({
    word,
    outcome: word === "raised" ? ("raised" as const) : isGate(word) ? ("held" as const) : ("not-worth" as const),
    count,
  }));
  const sum = (outcome: (typeof counted)[number]["outcome"]) =>
    counted.filter((each) => each.outcome === outcome).reduce((all, { count }) => all + count, 0);
  return {
    since: isoOf(stretch.since),
    raised: sum("raised"),
    held: sum("held"),
    not_worth: sum("not-worth"),
    words: counted.toSorted((a, b) => b.count - a.count),
  };
}

/** Alerts of one fingerprint together: the newest of them, and how many there were. */
export const alertGroupsShape = z
  .object({
    since: z.iso.datetime(),
    counts: z
      .object({ low: z.number().int(), medium: z.number().int(), high: z.number().int() })
      .meta({ description: "alerts raised since, by priority" }),
    items: z.array(z.object({ alert: alertShape, count: z.number().int(), first_at: z.iso.datetime() })),
  })
  .meta({ id: "AlertGroups" });
export type AlertGroups = z.infer<typeof alertGroupsShape>;

export function alertGroups(aggregates: Aggregates, stretch: Stretch & AlertKind, limit: number): AlertGroups {
  const counts = { low: 0, medium: 0, high: 0 };
  // Told of every priority, so that one may choose another.
  for (const { priority, count } of aggregates.alertCounts({ ...stretch, priority: undefined }))
    counts[priority] = count;
  return {
    since: isoOf(stretch.since),
    counts,
    items: aggregates
      .alertGroups(stretch, limit)
      .map(({ newest, count, firstAt }) => ({ alert: shapeAlert(newest), count, first_at: isoOf(firstAt) })),
  };
}
