import type { Database } from "../store/db";
import { TooFar } from "../store/reach";
import { queries, type AnswerOf, type FilterOf, type Queries, type QueryName } from "../views/queries";
import { localQueries } from "./local-queries";
import type { QueryThreads } from "./query-threads";

/** What lies among the newest rows is answered at once; what needs a longer look, on another thread. */
export function queriesOf(database: Database, far: QueryThreads): Queries {
  const near = localQueries(database, "near");
  const run =
    <N extends QueryName>(name: N) =>
    async (filter: FilterOf<N>): Promise<AnswerOf<N>> => {
      try {
        return (near[name] as (filter: FilterOf<N>) => AnswerOf<N>)(filter);
      } catch (error) {
        if (error instanceof TooFar) return await far.run(name, filter);
        throw error;
      }
    };
  return Object.fromEntries((Object.keys(queries) as QueryName[]).map((name) => [name, run(name)])) as Queries;
}
