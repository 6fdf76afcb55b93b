import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { Reader } from "../store/reader";
import { alertGroups, alertList, alertShape } from "./alerts";
import { auditList, auditShape } from "./audit";
import { decisionCounts, decisionList, decisionShape } from "./decisions";
import { opportunityList, opportunityShape } from "./opportunities";
import type { ListOf } from "./page";
import { quarantineList, quarantineShape } from "./quarantine";
import { signalList, signalShape } from "./signals";
import { sourceHabits } from "./source-habits";
import { symbolsView } from "./symbols";

/** Every list that is read page by page, or downloaded whole: the API has it at `/api/` and its name. */
const lists = {
  alerts: alertList,
  signals: signalList,
  opportunities: opportunityList,
  decisions: decisionList,
  quarantine: quarantineList,
  audit: auditList,
};

/** What an item of each list is. */
export const itemShapes = {
  alerts: alertShape,
  signals: signalShape,
  opportunities: opportunityShape,
  decisions: decisionShape,
  quarantine: quarantineShape,
  audit: auditShape,
} satisfies Record<keyof typeof lists, unknown>;

/** All that takes the longer the more is kept, over one connection. `near`: each throws TooFar where it does not reach. */
export const queries = {
  ...lists,
  alertGroups,
  decisionCounts,
  symbols: symbolsView,
  habits: sourceHabits,
  counts: (database: Database, _: object, reach: Reach) => new Reader(database, reach).counts(),
};

export type ListName = keyof typeof lists;
export type QueryName = keyof typeof queries;
export type FilterOf<N extends QueryName> = Parameters<(typeof queries)[N]>[1];
export type AnswerOf<N extends QueryName> = ReturnType<(typeof queries)[N]>;
export type ItemOf<N extends ListName> = AnswerOf<N> extends ListOf<infer T> ? T : never;

/** The same, wherever they are answered: near at once, far on a thread. Each throws Problem `too-slow` or `looks-taken`. */
export type Queries = { readonly [N in QueryName]: (filter: FilterOf<N>) => Promise<AnswerOf<N>> };
