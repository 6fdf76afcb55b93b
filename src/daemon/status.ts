import { judgeHealth, judgeReadiness, type HealthShape, type ReadinessShape } from "../views/health";
import { shapeSystemStatus, type SystemStatusShape } from "../views/system-status";
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
  return judgeReadiness(
    writer.fault,
    sources.all.map(({ folder, progress: { state, read, total, why } }) => ({
      name: folder.name,
      state,
      read,
      total,
      why,
    })),
  );
}

export function systemStatus(parts: DaemonParts): SystemStatusShape {
  return shapeSystemStatus({
    readiness: readinessOf(parts),
    seconds: (parts.elapsed() - parts.startedAt) / 1000,
    usage: parts.host.usage,
    connections: parts.hub.connections,
    scanners: parts.scheduler.standings(),
    freshness: parts.sections.flatMap((section) => section.freshness?.() ?? []),
  });
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
