import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { judgeStore } from "../views/health-checks";

/** The database itself: whether it takes anything, and whether it is whole. */
export function databaseSection({ writer, reader, integrity, metrics, now }: DaemonParts): Section {
  return {
    name: "database",
    gauges() {
      metrics.storeDegraded.set(writer.fault === null ? 0 : 1);
      metrics.checkProgress.set(integrity.progress);
      metrics.checkedAt.setOrForget(integrity.checkedAt, 1000);
      if (writer.fault === null) metrics.databaseSize.set(reader.sizeBytes());
    },
    health() {
      const { checkedAt: at, progress } = integrity;
      const facts = { fault: writer.fault, checked: { at, progress }, tryStore: () => void reader.meta("epoch") };
      return [{ name: "database", judge: () => judgeStore(facts, now()) }];
    },
  };
}
