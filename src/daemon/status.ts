import { judgeHealth, type HealthShape, type ReadinessShape } from "../views/health";
import { isoOf } from "../views/shape";
import type { SystemStatusShape } from "../views/system-status";
import { shapeSource, type SourceShape } from "../views/sources";
import type { DaemonParts } from "./parts";

export function sourceShapes({ sources, storeWriter, settings, now }: DaemonParts): SourceShape[] {
  return sources.all.map(({ folder, progress, waiting }) =>
    shapeSource(
      { name: folder.name, dir: folder.dir, ...progress, waiting },
      storeWriter.state,
      settings.settings,
      now(),
    ),
  );
}

export function readinessOf({ sources, writer }: DaemonParts): ReadinessShape {
  const looks = sources.all.map(({ folder, progress: { state, read, total, why } }) => ({
    name: folder.name,
    state,
    read,
    total,
    why,
  }));
  if (writer.fault !== null) return { status: "not-storing", code: writer.fault, sources: looks };
  const starting = looks.some(({ state }) => state === "starting" || state === "first-look");
  return { status: starting ? "starting" : "ready", code: starting ? "starting" : null, sources: looks };
}

export function systemStatus(parts: DaemonParts): SystemStatusShape {
  const seconds = Math.floor((parts.elapsed() - parts.startedAt) / 1000);
  const { cpu, memory, disk } = parts.host.usage;
  const readiness = readinessOf(parts);
  const unreachable = readiness.sources.some(({ state }) => state === "unreachable");
  return {
    status:
      readiness.status === "not-storing" || unreachable
        ? "degraded"
        : readiness.status === "starting"
          ? "starting"
          : "online",
    uptime: `${Math.floor(seconds / 3600)}h ${Math.floor((seconds % 3600) / 60)}m`,
    uptime_seconds: seconds,
    cpu_usage: cpu,
    memory_usage: memory,
    disk_usage: disk,
    active_connections: parts.hub.connections,
    last_scan: lastScanOf(parts),
  };
}

/** When any scan of the outside world last succeeded; looking at the own host is none. */
function lastScanOf({ scheduler }: DaemonParts): string | null {
  const times = scheduler
    .standings()
    .flatMap(({ name, lastSuccessAt }) => (name === "system" || lastSuccessAt === null ? [] : [lastSuccessAt]));
  return times.length === 0 ? null : isoOf(Math.max(...times));
}

export function healthOf(parts: DaemonParts): HealthShape {
  return judgeHealth(
    {
      demo: parts.demo,
      now: parts.now(),
      elapsed: parts.elapsed,
      starting: readinessOf(parts).status === "starting",
      connections: parts.hub.connections,
      cacheStatus: parts.prepared.lastOutcome,
      lastCommitAt: parts.lastCommitAt(),
    },
    parts.sections.flatMap((section) => section.health?.() ?? []),
  );
}
