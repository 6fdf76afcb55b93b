import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { systemScanner } from "../scanners/system";
import { newestBackupAt } from "../store/backup";
import { judgeFullness } from "../views/health-checks";

/** The machine it runs on, and the process on it. */
export function hostSection(parts: DaemonParts): Section {
  const { host, metrics } = parts;
  return {
    name: "host",
    scanners: () => [scannerOf(parts)],
    gauges() {
      const { cpu, memory, disk } = host.usage;
      metrics.hostCpu.setOrForget(cpu, 100);
      metrics.hostMemory.setOrForget(memory, 100);
      metrics.hostDisk.setOrForget(disk, 100);
    },
    health() {
      const { memory, disk } = host.usage;
      return [
        { name: "disk", judge: () => judgeFullness(disk, "of the data folder's disk is used") },
        { name: "memory", judge: () => judgeFullness(memory, "of the host's memory is used") },
      ];
    },
  };
}

function scannerOf({
  host,
  loopLag,
  answers,
  settings,
  retention,
  writer,
  reader,
  now,
  scanElapsed,
  times,
}: DaemonParts) {
  return systemScanner(
    {
      measureHost: () => host.measure(),
      cpuSeconds: () => (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
      loopLag,
      answers: () => answers.readings(),
      backedUpAt: () => newestBackupAt(settings.config.backup.dir),
      clockAhead: () => (retention.doubt?.byMs ?? 0) / 1000,
      databaseBytes: () => (writer.fault === null ? reader.sizeBytes() : null),
      now,
      elapsed: scanElapsed,
      measured: (readings) => writer.consider({ kind: "host-measured", receivedAt: now(), readings }),
    },
    times("system", () => ({ intervalMs: 5000, timeoutMs: 10_000 })),
  );
}
