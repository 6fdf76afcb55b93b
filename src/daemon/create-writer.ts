import { watchReads } from "../store/watch-reads";
import { Writer } from "../writer";
import { noteDamage } from "./damage";
import type { DaemonParts } from "./parts";
import { announceStoreFault } from "./store-faults";

type Announced = Pick<DaemonParts, "sources" | "overview" | "hub">;

/** The one writer: what it commits is sent to every section; that nothing can be stored is announced, wherever it was noticed. */
export function createWriter(
  parts: Pick<
    DaemonParts,
    "database" | "storeWriter" | "settings" | "rules" | "metrics" | "sections" | "log" | "now" | "elapsed"
  >,
  announced: () => Announced,
): Pick<DaemonParts, "writer" | "lastCommitAt"> {
  const { database, storeWriter, settings, rules, sections, now, elapsed } = parts;
  let lastCommitAt: number | null = null;
  const writer = new Writer({
    storeWriter,
    settings: () => settings.settings,
    runRules: (inputs, holding) => rules.run(inputs, holding),
    owed: (recorded) => sections.flatMap((section) => section.owed?.(recorded) ?? []),
    now,
    elapsed,
    committed(news) {
      lastCommitAt = now();
      for (const section of sections) section.committed?.(news);
    },
    faulted: (fault, error) => announceStoreFault({ ...parts, ...announced() }, fault, error),
  });
  watchReads(database, (error) => noteDamage(writer, error));
  return { writer, lastCommitAt: () => lastCommitAt };
}
