import { and, count, eq, gte, inArray, isNull, lte, or, sql, type SQL } from "drizzle-orm";
import { gates, verdicts, type Check, type Word } from "../core/decide/decision";
import type { Subject } from "../core/subject";
import type { Database } from "./db";
import { storedJson } from "./fault";
import type { decisionFilter, Outcome } from "./filters/decisions";
import type { Filter } from "./filters/page";
import { ordered } from "./ordered";
import type { Rows } from "./paging";
import { rankIn, rankOf } from "./priority-rank";
import type { Reach } from "./reach";
import type { ObservationRow } from "./received";
import { decisions } from "./schema";
import { unindexed } from "./unindexed";

export type DecisionRow = typeof decisions.$inferSelect;

/** What a first look found too late and would have been raised, read in this time of this source; epoch ms, both ends included. */
export interface Missed {
  readonly source: string;
  readonly since: number;
  readonly until: number;
}

export type DecisionFilter = Omit<Filter<typeof decisionFilter>, "missed"> & { readonly missed?: Missed | undefined };

const places = {
  strength: { in: decisions.strength, of: (row: DecisionRow) => row.strength },
  priority: { in: rankIn(decisions.priority), of: (row: DecisionRow) => rankOf(row.priority) },
};

/** Newest first, or as asked. */
export function listDecisions(database: Database, filter: DecisionFilter, reach: Reach = "far"): Rows<DecisionRow> {
  const wanted = wordsOf(filter.outcome, filter.verdict ?? filter.reason);
  const look = {
    table: decisions,
    page: filter,
    seq: decisions.id,
    time: decisions.at,
    indexed: [
      [decisions.symbol, filter.symbol],
      [decisions.source, filter.source],
      [decisions.word, wanted?.length === 1 ? wanted[0] : undefined],
    ] as const,
    others: [
      wanted && wanted.length !== 1 ? inArray(unindexed(decisions.word), [...wanted]) : undefined,
      ...missedIn(filter.missed),
    ],
    q: filter.q,
    about: decisions.subjectSeq,
  };
  const { by, order } = filter;
  return ordered<DecisionRow, keyof typeof places>(
    database,
    look,
    { by, order, places, seqOf: ({ id }: DecisionRow) => id },
    reach,
  );
}

/** Which words make up an outcome. */
const wordsOfOutcome: Readonly<Record<Outcome, readonly Word[]>> = {
  raised: ["raised"],
  held: gates,
  "not-worth": verdicts,
};

/** One word, or those of an outcome; undefined: any. */
export function wordsOf(wanted: Outcome | undefined, word: Word | undefined): readonly Word[] | undefined {
  return word ? [word] : wanted && wordsOfOutcome[wanted];
}

/** The checks of a decision, as they were asked. */
export function checksOf(row: DecisionRow): Check[] {
  return storedJson(row.checks) as Check[];
}

function missedIn(missed: Missed | undefined): SQL[] {
  if (missed === undefined) return [];
  // Said as the index says it, or it is not used.
  return [
    sql`${decisions.missed} = 1`,
    eq(decisions.source, missed.source),
    gte(decisions.at, missed.since),
    lte(decisions.at, missed.until),
  ];
}

/** Every decision about one thing, oldest first; those too whose subject is not known. */
export function decisionsAbout(database: Database, { kind, seq }: Subject): DecisionRow[] {
  const ofKind = or(eq(decisions.subjectKind, kind), isNull(decisions.subjectKind));
  return database.db
    .select()
    .from(decisions)
    .where(and(eq(decisions.subjectSeq, seq), ofKind))
    .orderBy(decisions.id)
    .all();
}

/** Every decision made when this was observed, about whatever it brought, in their order. */
export function decisionsOn(database: Database, { seq, receivedAt }: ObservationRow): DecisionRow[] {
  return database.db
    .select()
    .from(decisions)
    .where(and(eq(decisions.at, receivedAt), eq(decisions.observationSeq, seq)))
    .orderBy(decisions.id)
    .all();
}

export function decisionAt(database: Database, id: number): DecisionRow | undefined {
  return database.db.select().from(decisions).where(eq(decisions.id, id)).get();
}

export function decisionOfAlert(database: Database, alertSeq: number, subjectSeq: number): DecisionRow | undefined {
  return database.db
    .select()
    .from(decisions)
    .where(and(eq(decisions.subjectSeq, subjectSeq), eq(decisions.alertSeq, alertSeq)))
    .get();
}

/** How many decisions of each word fell into each minute since. */
export function wordsByMinute(
  database: Database,
  since: number,
  words: readonly Word[],
): { minute: number; word: Word; count: number }[] {
  const minute = sql<number>`cast(${decisions.at} / 60000 as integer)`;
  return database.db
    .select({ minute, word: sql<Word>`${decisions.word}`, count: count() })
    .from(decisions)
    .where(and(inArray(unindexed(decisions.word), [...words]), gte(decisions.at, since)))
    .groupBy(minute, unindexed(decisions.word))
    .all();
}
