import { z } from "zod";
import { priorities } from "../core/alert";
import { isGate, words, type Word } from "../core/decide/decision";
import { Aggregates, type Stretch } from "../store/aggregates";
import { checksOf, listDecisions, type DecisionRow, type Missed } from "../store/decisions";
import { storedJson } from "../store/fault";
import type { decisionFilter } from "../store/filters/decisions";
import type { Filter } from "../store/filters/page";
import { alertAt } from "../store/alerts";
import { describeCheck } from "./check-words";
import { idOf, isoOf, parseId, subjectIdOf } from "./shape";
import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { text } from "./fields";
import { pageOf, type ListOf } from "./page";

export { decisionFilter } from "../store/filters/decisions";

export const decisionShape = z
  .object({
    id: z.string(),
    outcome: z.enum(["raised", "held", "not-worth"]),
    word: z.enum(words).meta({ description: "raised, or the verdict or gate that stopped it" }),
    rule: z.string(),
    subject_id: text.meta({
      description:
        "what was judged: s12 a signal, o14 an opportunity, m15 a view of the market, r16 what was received; " +
        "null where an older version did not keep it",
    }),
    alert_id: z.string().nullable(),
    timestamp: z.iso.datetime(),
    source: z.string().nullable(),
    symbol: z.string().nullable(),
    priority: z.enum(priorities),
    strength: z.number().nullable(),
    note: z.string().nullable().meta({ description: "the numbers that decided" }),
  })
  .meta({ id: "Decision" });
export type DecisionShape = z.infer<typeof decisionShape>;

export function shapeDecision(row: DecisionRow): DecisionShape {
  const word = row.word as Word;
  const failed = checksOf(row).find((check) => !check.passed);
  return {
    id: idOf("d", row.id),
    outcome: word === "raised" ? "raised" : isGate(word) ? "held" : "not-worth",
    word,
    rule: row.rule,
    subject_id: subjectIdOf(row),
    alert_id: row.alertSeq === null ? null : `a${row.alertSeq}`,
    timestamp: isoOf(row.at),
    source: row.source,
    symbol: row.symbol,
    priority: row.priority as DecisionShape["priority"],
    strength: row.strength,
    note: failed ? describeCheck(failed) : null,
  };
}

/** Empty where `missed` names no alert about what was missed. */
export function decisionList(
  database: Database,
  { missed, ...filter }: Filter<typeof decisionFilter>,
  reach: Reach = "far",
): ListOf<DecisionShape> {
  const summedUp = missed === undefined ? undefined : missedBy(database, missed);
  if (summedUp === null) return { items: [], next_cursor: null };
  return pageOf(listDecisions(database, { ...filter, missed: summedUp }, reach), shapeDecision);
}

/** Which decisions a "missed while away" alert sums up; null where this is no such alert. */
export function missedBy(database: Database, alertId: string): Missed | null {
  const id = parseId(alertId);
  const alert = id?.letter === "a" ? alertAt(database, id.seq) : undefined;
  const read = alert?.rule === "missed-while-away" ? missedDetails.safeParse(storedJson(alert.details)) : undefined;
  // Those of an earlier version do not say when it was read.
  if (!alert?.source || !read?.success) return null;
  return { source: alert.source, since: Date.parse(read.data.readSince), until: Date.parse(read.data.readUntil) };
}

const missedDetails = z.object({ readSince: z.iso.datetime(), readUntil: z.iso.datetime() });

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

export function decisionCounts(database: Database, stretch: Stretch, reach: Reach = "far"): DecisionCounts {
  const aggregates = new Aggregates(database, reach);
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
