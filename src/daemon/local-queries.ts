import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { queries, type AnswerOf, type FilterOf, type QueryName } from "../views/queries";

export type LocalQueries = { readonly [N in QueryName]: (filter: FilterOf<N>) => AnswerOf<N> };

/** All queries over one connection. Each throws TooFar where `near` does not reach, and what SQLite throws. */
export function localQueries(database: Database, reach: Reach): LocalQueries {
  const bound = Object.entries(queries).map(([name, query]) => [
    name,
    (filter: object) =>
      (query as (database: Database, filter: object, reach: Reach) => unknown)(database, filter, reach),
  ]);
  return Object.fromEntries(bound) as LocalQueries;
}
