import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { Reader } from "../store/reader";
import { alertGroups, alertList, alertShape } from "./alerts";
import { auditList, auditShape } from "./audit";
import { decisionCounts, decisionList, decisionShape } from "./decisions";
import { deliveryCounts, deliveryList, deliveryShape } from "./deliveries";
import { heldGroupsView } from "./held-groups";
import { opportunityList, opportunityShape } from "./opportunities";
import type { ListOf } from "./page";
import { quarantineList, quarantineShape } from "./quarantine";
import { signalList, signalShape } from "./signals";
import { sourceHabits } from "./source-habits";
import { symbolsView } from "./symbols";

/** Every list that is read page by page, or downloaded whole, and what an item of it is: the API has it at `/api/` and its name. */
export const lists = {
  alerts: { read: alertList, item: alertShape },
  signals: { read: signalList, item: signalShape },
  opportunities: { read: opportunityList, item: opportunityShape },
  decisions: { read: decisionList, item: decisionShape },
  quarantine: { read: quarantineList, item: quarantineShape },
  deliveries: { read: deliveryList, item: deliveryShape },
  audit: { read: auditList, item: auditShape },
};

type Lists = typeof lists;
const readLists = Object.fromEntries(Object.entries(lists).map(([name, { read }]) => [name, read])) as {
  readonly [N in keyof Lists]: Lists[N]["read"];
};

/** All that takes the longer the more is kept, over one connection. `near`: each throws TooFar where it does not reach. */
export const queries = {
  ...readLists,
  alertGroups,
  decisionCounts,
  deliveryCounts,
  heldGroups: heldGroupsView,
  symbols: symbolsView,
  habits: sourceHabits,
  counts: (database: Database, _: object, reach: Reach) => new Reader(database, reach).counts(),
};

export type ListName = keyof Lists;
export type QueryName = keyof typeof queries;
export type FilterOf<N extends QueryName> = Parameters<(typeof queries)[N]>[1];
export type AnswerOf<N extends QueryName> = ReturnType<(typeof queries)[N]>;
export type ItemOf<N extends ListName> = AnswerOf<N> extends ListOf<infer T> ? T : never;

/** The same, wherever they are answered: near at once, far on a thread. Each throws Problem `too-slow` or `looks-taken`. */
export type Queries = { readonly [N in QueryName]: (filter: FilterOf<N>) => Promise<AnswerOf<N>> };
