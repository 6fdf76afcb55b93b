import { actOn } from "../acts";
import { Problem } from "../api/problems";
import { actRoutes } from "../api/routes/acts";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { alertDetail } from "../views/trace";

/** What people do with alerts. */
export function actsSection(parts: DaemonParts): Section {
  const { database, writer, queries, metrics, now } = parts;
  return {
    name: "acts",
    routes: actRoutes({
      queries,
      now,
      async actOn(seqs, wanted) {
        const outcomes = await actOn(parts, seqs, wanted);
        if (outcomes === null) throw new Problem("not-stored", writer.trouble ?? undefined);
        return outcomes;
      },
      alertDetail: (id) => alertDetail(database, id),
    }),
    committed({ recorded }) {
      for (const { decided } of recorded)
        for (const { acknowledgement } of decided.acknowledged) if (acknowledgement) metrics.acknowledged.inc();
    },
  };
}
