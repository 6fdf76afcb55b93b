import { exchangesOf } from "../daemon/exchanges";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import type { KeptKind } from "../store/prune";
import { judgeClock } from "../views/health-checks";

/** Whether the clock is believed, and what is removed by it when its time is over. */
export function clockSection({ retention, clocks, settings, writer, metrics }: DaemonParts): Section {
  return {
    name: "clock",
    gauges() {
      metrics.clockAhead.set((retention.doubt?.byMs ?? 0) / 1000);
      if (writer.fault !== null) return;
      metrics.retentionDebt.forget();
      for (const [kind, seconds] of Object.entries(retention.debtSeconds()))
        metrics.retentionDebt.set(seconds, { kind: kind as KeptKind });
    },
    start: () => retention.start(),
    health() {
      const exchanges = exchangesOf(settings.config).map(({ name }) => ({ name, clockAheadMs: clocks.of(name) }));
      return [{ name: "clock", judge: () => judgeClock(retention.doubt, exchanges) }];
    },
  };
}
