import { z } from "zod";
import { number, time } from "./fields";
import { freshnessShape, type Freshness } from "./freshness";
import type { ReadinessShape } from "./health";
import { isoOf } from "./shape";

export const systemStatusShape = z
  .object({
    status: z.enum(["starting", "online", "degraded"]),
    uptime: z.string(),
    uptime_seconds: z.number(),
    cpu_usage: number.meta({ description: "percent of the host" }),
    memory_usage: number.meta({ description: "percent of the host" }),
    disk_usage: number.meta({ description: "percent of the data folder's disk" }),
    active_connections: z.number().int(),
    last_scan: time.nullable(),
    freshness: z.array(freshnessShape).meta({ description: "of every source, exchange and scanner" }),
  })
  .meta({ id: "SystemStatus" });
export type SystemStatusShape = z.infer<typeof systemStatusShape>;

/** What the whole is doing, as it is known to its parts. */
interface SystemFacts {
  readonly readiness: ReadinessShape;
  /** Since the start. */
  readonly seconds: number;
  /** Percent of the host. */
  readonly usage: { readonly cpu: number | null; readonly memory: number | null; readonly disk: number | null };
  readonly connections: number;
  /** How the periodic readers fare; epoch ms. */
  readonly scanners: readonly { readonly name: string; readonly lastSuccessAt: number | null }[];
  readonly freshness: readonly Freshness[];
}

export function shapeSystemStatus({
  readiness,
  seconds: uptime,
  usage,
  connections,
  scanners,
  freshness,
}: SystemFacts): SystemStatusShape {
  const seconds = Math.floor(uptime);
  return {
    status: statusOf(readiness),
    uptime: `${Math.floor(seconds / 3600)}h ${Math.floor((seconds % 3600) / 60)}m`,
    uptime_seconds: seconds,
    cpu_usage: usage.cpu,
    memory_usage: usage.memory,
    disk_usage: usage.disk,
    active_connections: connections,
    last_scan: lastScanOf(scanners),
    freshness: [...freshness],
  };
}

function statusOf({ status, sources }: ReadinessShape): SystemStatusShape["status"] {
  if (status === "not-storing" || sources.some(({ state }) => state === "unreachable")) return "degraded";
  return status === "starting" ? "starting" : "online";
}

/** When any scan of the outside world last succeeded; looking at the own host is none. */
function lastScanOf(scanners: SystemFacts["scanners"]): string | null {
  const times = scanners.flatMap(({ name, lastSuccessAt }) =>
    name === "system" || lastSuccessAt === null ? [] : [lastSuccessAt],
  );
  return times.length === 0 ? null : isoOf(Math.max(...times));
}
