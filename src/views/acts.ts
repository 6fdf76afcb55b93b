import { z } from "zod";
import { actNames, actOutcomes, feedbackValues, type ActName, type FeedbackValue } from "../core/act";
import type { Matcher } from "../core/matcher";
import { actsOn } from "../store/acts";
import type { AlertFilter } from "../store/filters/alerts";
import type { Database } from "../store/db";
import { text, time } from "./fields";
import type { ListOf } from "./page";
import { isoOf, seqOfAlert } from "./shape";

export const actShape = z
  .object({
    act: z.enum(actNames),
    at: time,
    by: z.string(),
    note: text,
    value: z.enum(feedbackValues).nullable().meta({ description: "of feedback; null of any other" }),
    until: time.nullable().meta({ description: "of an acknowledgement: until when it was to hold" }),
  })
  .meta({ id: "Act" });

export const noteShape = z.object({ at: time, by: z.string(), text: z.string() }).meta({ id: "Note" });

interface ActsAndNotes {
  readonly acts: z.infer<typeof actShape>[];
  readonly notes: z.infer<typeof noteShape>[];
}

/** All that people did with an alert, and of it what they wrote. */
export function actsAndNotes(database: Database, alertSeq: number): ActsAndNotes {
  const rows = actsOn(database, alertSeq);
  return {
    acts: rows.map(({ act, at, by, note, value, until }) => ({
      act: act as ActName,
      at: isoOf(at),
      by,
      note,
      value: value as FeedbackValue | null,
      until: until === null ? null : isoOf(until),
    })),
    notes: rows.flatMap(({ at, by, note }) => (note === null ? [] : [{ at: isoOf(at), by, text: note }])),
  };
}

/** What came of an act on many alerts, each by itself. */
export const actedShape = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        outcome: z.enum(actOutcomes).meta({
          description:
            "done: it holds. already: nothing had to change. ended: the alert stands no longer. expires: it is an " +
            "event, which ends by itself. unknown: there is no such alert",
        }),
      }),
    ),
  })
  .meta({ id: "Acted" });
export type ActedShape = z.infer<typeof actedShape>;

/** Most alerts that one act may name, or match. */
export const actedMax = 1000;

/** Of which state an act changes anything. */
const changes = {
  acknowledge: ["open"],
  unacknowledge: ["acknowledged"],
  resolve: ["open", "acknowledged"],
} as const;

/** An event ends by itself. */
const isState: Matcher = { name: "kind", op: "=", value: "state" };

/** Of the alerts that stand and match, those that an act would change: the newest, and no more than may be named. */
export async function matchingIds(
  alerts: (filter: AlertFilter) => Promise<ListOf<{ readonly id: string }>>,
  act: keyof typeof changes,
  { match, since }: { readonly match: readonly Matcher[]; readonly since: number | undefined },
): Promise<string[]> {
  const all = act === "resolve" ? [...match, isState] : [...match];
  const found = await Promise.all(changes[act].map((state) => alerts({ match: all, state, since, limit: actedMax })));
  return found
    .flatMap(({ items }) => items.map(({ id }) => id))
    .toSorted((a, b) => (seqOfAlert(b) ?? 0) - (seqOfAlert(a) ?? 0))
    .slice(0, actedMax);
}
