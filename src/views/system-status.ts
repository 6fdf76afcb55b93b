import { z } from "zod";
import { number, time } from "./fields";

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
  })
  .meta({ id: "SystemStatus" });
export type SystemStatusShape = z.infer<typeof systemStatusShape>;
