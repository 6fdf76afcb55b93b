import type { Hono } from "hono";
import type { ProxyMistakes } from "../api/border/proxy-mistakes";
import { createControl } from "../api/control";
import type { Config } from "../config";
import type { Audit } from "../auth/audit";
import type { OwnerAccess } from "../auth/owner-access";
import type { Log } from "../telemetry/log";
import { version } from "../version";
import type { SettingsService } from "../settings";
import { openSystemAlerts } from "../views/lists";
import type { PreparedOverviews } from "../views/prepared";
import { changeConfig, healthOf, sourceShapes, systemStatus, type Parts } from "./api-deps";
import { needRestart } from "./config-file";
import { confirmClock } from "./clock";
import { noteDamage } from "./damage";
import { retryQuarantine } from "./quarantine";
import { scanNow } from "./scanners";

/** What the machine's owner is answered over the control socket. */
export function createOwnerApi(
  parts: Parts,
  prepared: PreparedOverviews,
  {
    url,
    log,
    audit,
    access,
    createLink,
    mistakes,
    started,
  }: {
    readonly url: string;
    readonly log: Log;
    readonly audit: Audit;
    readonly access: OwnerAccess;
    readonly createLink: () => string;
    readonly mistakes: ProxyMistakes;
    readonly started: Config;
  },
): Hono {
  const { writer, reader, overview, scheduler, now } = parts;
  return createControl({
    status: async () => ({
      ...healthOf(parts, prepared),
      pid: process.pid,
      version,
      url,
      fault: writer.fault,
      counts: await parts.queries.counts({}),
      troubles: openSystemAlerts(reader),
      sources: sourceShapes(parts),
      scanners: scheduler.standings(),
      system: systemStatus(parts),
      proxy_mistakes: mistakes.all.map(({ kind, message, times, lastAt }) => ({
        kind,
        message,
        times,
        last_at: new Date(lastAt).toISOString(),
      })),
      held_back: overview.heldBack("1d", now()),
      runs_with: {
        ...runsWith(parts.settings, started),
        config_refused: parts.configRefused(),
        restart_needed: needRestart(started, parts.settings.config),
      },
    }),
    changeConfig: (change) => changeConfig(parts, { ...change, from: "command line" }),
    scan: (name) => scanNow(scheduler, name),
    retryQuarantine: (file) => retryQuarantine(parts, { file: file ?? undefined }),
    confirmClock: (who) => confirmClock(parts, audit, who),
    access,
    createLink,
    failed: (error) => log.error({ err: error }, "a request on the control socket failed"),
    storeFailed: (error) => noteDamage(writer, error),
  });
}

/** By which folders, addresses and settings it runs (`started` holds what no edit of the file changes): another shell's environment would say something else. */
function runsWith(settings: SettingsService, started: Config): object {
  const { host, tls } = started;
  const { path, publicUrl, proxies, allowedHosts, serverSettings, auth, sources, backup } = settings.config;
  return {
    config: path,
    host,
    public_url: publicUrl,
    tls: tls !== null,
    certificate_files: tls,
    proxies,
    allowed_hosts: allowedHosts,
    server: serverSettings,
    auth,
    sources: sources.map(({ name, dir, create, parseOptions }) => ({ name, dir, create, zone: parseOptions.zone })),
    backup_dir: backup.dir,
    origins: settings.origins(),
  };
}
