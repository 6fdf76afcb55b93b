import type { Opened } from "../store/open";
import { TooFar } from "../store/reach";
import type { FarLooks } from "./far-looks";
import { looksAtOnce, type LookName, type Looks } from "./lists";

/** What lies among the newest rows is answered at once; what needs a longer look, on another thread. */
export function looksOf(opened: Opened, far: FarLooks): Looks {
  const near = looksAtOnce(opened, "near");
  const look =
    <N extends LookName>(name: N) =>
    async (asked: Parameters<Looks[N]>[0]): Promise<Awaited<ReturnType<Looks[N]>>> => {
      try {
        return (near[name] as (given: object) => Awaited<ReturnType<Looks[N]>>)(asked);
      } catch (error) {
        if (error instanceof TooFar) return await far.ask(name, asked);
        throw error;
      }
    };
  return {
    alerts: look("alerts"),
    signals: look("signals"),
    opportunities: look("opportunities"),
    decisions: look("decisions"),
    quarantine: look("quarantine"),
    audit: look("audit"),
    alertGroups: look("alertGroups"),
    decisionCounts: look("decisionCounts"),
    symbols: look("symbols"),
    habits: look("habits"),
    counts: look("counts"),
  };
}
