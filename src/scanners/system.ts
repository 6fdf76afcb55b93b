import type { HostReading } from "../core/observation";
import type { Scanner, ScanTimes } from "./scheduler";

/** What the system scanner reads; null where it cannot be known. */
export interface SystemGauges {
  readonly measureHost: () => Promise<{
    readonly cpu: number | null;
    readonly memory: number | null;
    readonly disk: number | null;
  }>;
  /** Seconds of CPU this process used since its start. */
  readonly cpuSeconds: () => number;
  /** Seconds, worst of late. */
  readonly loopLag: () => number;
  /** How the daemon answered of late: seconds and percent. */
  readonly answers: () => Pick<Record<HostReading, number>, "slow_answers" | "errors" | "cache_misses">;
  /** Seconds the wall clock is ahead of the time that is confirmed. */
  readonly clockAhead: () => number;
  readonly databaseBytes: () => number | null;
  /** When the newest copy of the database was made, epoch ms. */
  readonly backedUpAt: () => number | null;
  /** Wall clock, epoch ms. */
  readonly now: () => number;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
  readonly measured: (readings: Partial<Record<HostReading, number>>) => void;
}

/** Looks at the process and its host: CPU and clock jumps are differences between two looks. */
export function systemScanner(gauges: SystemGauges, times: () => ScanTimes): Scanner {
  let before: { readonly cpuSeconds: number; readonly at: number; readonly elapsed: number } | null = null;
  return {
    name: "system",
    times,
    async scan() {
      const { cpu, memory, disk } = await gauges.measureHost();
      const now = { cpuSeconds: gauges.cpuSeconds(), at: gauges.now(), elapsed: gauges.elapsed() };
      const passed = before ? (now.elapsed - before.elapsed) / 1000 : 0;
      const differences =
        before && passed > 0
          ? {
              process_cpu: ((now.cpuSeconds - before.cpuSeconds) / passed) * 100,
              clock: (now.at - before.at) / 1000 - passed,
            }
          : {};
      before = now;
      const backedUpAt = gauges.backedUpAt();
      const backup = backedUpAt === null ? null : Math.max(0, (now.at - backedUpAt) / 1000);
      const readings = known({
        backup,
        cpu,
        memory,
        disk,
        lag: gauges.loopLag(),
        database: gauges.databaseBytes(),
        clock_ahead: gauges.clockAhead(),
        ...gauges.answers(),
        ...differences,
      });
      gauges.measured(readings);
      const percent = (["cpu", "memory", "disk"] as const).flatMap((name) =>
        readings[name] === undefined ? [] : `${name} ${readings[name].toFixed(0)} %`,
      );
      return percent.length === 0 ? "nothing of the host can be read here" : percent.join(", ");
    },
  };
}

function known(readings: Partial<Record<HostReading, number | null>>): Partial<Record<HostReading, number>> {
  return Object.fromEntries(
    Object.entries(readings).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
