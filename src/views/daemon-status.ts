import { z } from "zod";
import { settingOriginShape } from "./setting-origin";
import { sourceShape } from "./sources";

/** How it is reached: a setting, and who said so. */
const serverSettingShape = z.object({
  name: z.string(),
  value: z.union([z.string(), z.number(), z.array(z.string()).readonly()]).nullable(),
  origin: z.string(),
});

/** By which folders, addresses and settings the daemon runs: another shell's environment would say something else. */
const runsWithShape = z.object({
  config: z.string().nullable(),
  config_refused: z.string().nullable(),
  restart_needed: z.array(z.string()),
  host: z.string(),
  public_url: z.string().nullable(),
  tls: z.boolean(),
  certificate_files: z.object({ cert: z.string(), key: z.string() }).nullable(),
  proxies: z.array(z.string()).readonly(),
  allowed_hosts: z.array(z.string()).readonly(),
  server: z.array(serverSettingShape).readonly(),
  auth: z.enum(["required", "off"]),
  sources: z.array(z.object({ name: z.string(), dir: z.string(), create: z.boolean(), zone: z.string() })),
  backup_dir: z.string(),
  origins: z.array(settingOriginShape),
});

/** How a running daemon is, as its owner is shown. */
export const daemonStatusShape = z.object({
  status: z.string(),
  pid: z.number(),
  version: z.string(),
  url: z.string(),
  fault: z.string().nullable(),
  sources: z.array(sourceShape),
  counts: z.record(z.string(), z.number()),
  troubles: z.array(z.string()),
  system: z.object({ uptime: z.string(), uptime_seconds: z.number() }),
  checks: z.record(z.string(), z.object({ status: z.string(), message: z.string() })),
  proxy_mistakes: z.array(z.object({ kind: z.string(), message: z.string(), times: z.number(), last_at: z.string() })),
  runs_with: runsWithShape,
});
export type DaemonStatus = z.infer<typeof daemonStatusShape>;

/** What a running daemon says is wrong, a line each. */
export function wrongWith({ fault, checks, troubles }: Pick<DaemonStatus, "fault" | "checks" | "troubles">): string[] {
  const faults = fault === null ? [] : [`nothing can be stored: ${fault}`];
  return [...faults, ...statedOf(checks, ["degraded", "unhealthy"]), ...troubles];
}

/** What fires stands among the troubles, each alert by itself. */
const alertsCheck = "alerts";

export function statedOf(checks: DaemonStatus["checks"], states: readonly string[]): string[] {
  return Object.entries(checks).flatMap(([name, { status, message }]) =>
    states.includes(status) && name !== alertsCheck ? [`${name}: ${message}`] : [],
  );
}

/** The clock, taken to be right; `ahead_seconds`: how far it was ahead of the time that was believed. */
export const clockConfirmedShape = z.object({ now: z.iso.datetime(), ahead_seconds: z.number() });
export type ClockConfirmed = z.infer<typeof clockConfirmedShape>;
