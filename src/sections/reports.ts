import { quarantineRoutes } from "../api/routes/quarantine";
import { sourceRoutes } from "../api/routes/sources";
import { listingOf } from "../daemon/listing";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { sourceShapes } from "../daemon/status";
import { freshnessOfSource } from "../views/freshness";
import { judgeQuarantine, judgeSource } from "../views/health-checks";
import { HabitsOfSources } from "../views/source-habits";
import { retryQuarantine } from "./reports/retry-quarantine";

/** What strategies write: the folders that are read, and what of them could not be. */
export function reportsSection(parts: DaemonParts): Section {
  const { sources, writer, storeGauges, queries, now } = parts;
  const habits = new HabitsOfSources((at) => queries.habits({ now: at }));
  return {
    name: "reports",
    routes: [
      ...sourceRoutes({
        async sources() {
          const known = await habits.at(now());
          return sourceShapes(parts).map((source) => ({ ...source, habits: known.get(source.name) ?? null }));
        },
      }),
      ...quarantineRoutes({ ...listingOf(parts), retryQuarantine: (wanted) => retryQuarantine(parts, wanted) }),
    ],
    groups: (config) => ({ sources: config.sources.map(({ name }) => name) }),
    gauges: () => setGauges(parts),
    health: () => [
      ...sourceShapes(parts).map((source) => ({ name: `source:${source.name}`, judge: () => judgeSource(source) })),
      ...(writer.fault === null
        ? [{ name: "quarantine", judge: () => judgeQuarantine(storeGauges.quarantined()) }]
        : []),
    ],
    freshness: () => sourceShapes(parts).map(freshnessOfSource),
    follow: (config) => sources.follow(config.sources),
    start: () => sources,
  };
}

function setGauges(parts: DaemonParts): void {
  const { metrics, writer, storeGauges } = parts;
  for (const gauge of [metrics.sourceUp, metrics.sourceLast, metrics.sourceSilentAfter, metrics.reportsWaiting])
    gauge.forget();
  for (const { name: source, state, last_report_at: lastAt, waiting, cadence } of sourceShapes(parts)) {
    metrics.sourceUp.set(state === "unreachable" ? 0 : 1, { source });
    metrics.reportsWaiting.set(waiting, { source });
    if (lastAt !== null) metrics.sourceLast.set(Date.parse(lastAt) / 1000, { source });
    if (cadence.silent_after_seconds !== null) metrics.sourceSilentAfter.set(cadence.silent_after_seconds, { source });
  }
  if (writer.fault === null) metrics.quarantined.set(storeGauges.quarantined());
}
