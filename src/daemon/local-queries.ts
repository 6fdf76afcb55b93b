import type { Lists } from "../api/ports";
import type { Word } from "../core/decide/decision";
import { Aggregates } from "../store/aggregates";
import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { Reader, type DecisionFilter } from "../store/reader";
import { auditList } from "../views/audit";
import { alertGroups, decisionCounts } from "../views/counts";
import {
  listAlerts,
  listDecisions,
  listOpportunities,
  listSignals,
  pageOfQuarantine,
  wordsOfOutcome,
} from "../views/lists";
import type { DecisionShape } from "../views/shapes";
import { sourceHabits, type SourceHabits } from "../views/source-habits";
import { symbolsView } from "../views/symbols";

type AtOnce<T> = {
  readonly [K in keyof T]: T[K] extends (...given: infer G) => Promise<infer A> ? (...given: G) => A : never;
};

/** All that takes the longer the more is kept. */
export interface Queries extends Omit<Lists, "decisions"> {
  decisions(
    filter: Omit<Parameters<Lists["decisions"]>[0], "missed"> & Pick<DecisionFilter, "missed">,
  ): ReturnType<Lists["decisions"]>;
  habits(query: { readonly now: number }): Promise<Map<string, SourceHabits>>;
  counts(query: object): Promise<ReturnType<Reader["counts"]>>;
}

export type LocalQueries = AtOnce<Queries>;
export type QueryName = keyof Queries;

/** The looks over one connection. Each throws TooFar where `near` does not reach, and what SQLite throws. */
export function localQueries(database: Database, reach: Reach): LocalQueries {
  const reader = new Reader(database, reach);
  const aggregates = new Aggregates(database, reach);
  return {
    alerts: (filter) => listAlerts(reader, filter),
    signals: ({ outcome, word, ...filter }) => listSignals(reader, { ...filter, words: wordsOf(outcome, word) }),
    opportunities: ({ outcome, ...filter }) =>
      listOpportunities(reader, { ...filter, words: wordsOf(outcome, undefined) }),
    decisions: ({ outcome, word, ...filter }) => listDecisions(reader, { ...filter, words: wordsOf(outcome, word) }),
    quarantine: (filter) => pageOfQuarantine(reader, filter),
    audit: (filter) => auditList(database, filter, reach),
    alertGroups: ({ limit, ...stretch }) => alertGroups(aggregates, stretch, limit),
    decisionCounts: (stretch) => decisionCounts(aggregates, stretch),
    symbols: (filter) => symbolsView(aggregates, filter),
    habits: ({ now }) => sourceHabits(aggregates, now),
    counts: () => reader.counts(),
  };
}

function wordsOf(outcome: DecisionShape["outcome"] | undefined, word: Word | undefined): readonly Word[] | undefined {
  return word ? [word] : outcome && wordsOfOutcome[outcome];
}
