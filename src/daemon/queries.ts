import type { Database } from "../store/db";
import { TooFar } from "../store/reach";
import type { QueryThreads } from "./query-threads";
import { localQueries, type QueryName, type Queries } from "./local-queries";

/** What lies among the newest rows is answered at once; what needs a longer look, on another thread. */
export function queriesOf(database: Database, far: QueryThreads): Queries {
  const near = localQueries(database, "near");
  const run =
    <N extends QueryName>(name: N) =>
    async (query: Parameters<Queries[N]>[0]): Promise<Awaited<ReturnType<Queries[N]>>> => {
      try {
        return (near[name] as (given: object) => Awaited<ReturnType<Queries[N]>>)(query);
      } catch (error) {
        if (error instanceof TooFar) return await far.run(name, query);
        throw error;
      }
    };
  return {
    alerts: run("alerts"),
    signals: run("signals"),
    opportunities: run("opportunities"),
    decisions: run("decisions"),
    quarantine: run("quarantine"),
    audit: run("audit"),
    alertGroups: run("alertGroups"),
    decisionCounts: run("decisionCounts"),
    symbols: run("symbols"),
    habits: run("habits"),
    counts: run("counts"),
  };
}
