import type { OwnerDeps } from "../api/routes/owner";
import type { ProxyMistakes } from "../api/border/proxy-mistakes";
import type { Audit } from "../auth/audit";
import type { Config } from "../config";
import type { SettingsService } from "../settings";
import type { DaemonStatus } from "../views/daemon-status";
import { openSystemAlerts } from "../views/alerts";
import { isoOf } from "../views/shape";
import { version } from "../version";
import { confirmClock } from "./clock";
import { needRestart } from "./config-file";
import type { DaemonParts } from "./parts";
import { healthOf, sourceShapes, systemStatus } from "./status";

export interface OwnerApiDeps {
  readonly url: string;
  readonly audit: Audit;
  readonly createLink: () => string;
  readonly mistakes: ProxyMistakes;
  /** What no edit of the config file changes while it runs. */
  readonly started: Config;
}

/** What only the machine's owner is answered. */
export function ownerApiOf(parts: DaemonParts, deps: OwnerApiDeps): OwnerDeps {
  return {
    status: () => statusOf(parts, deps),
    confirmClock: (by) => confirmClock(parts, deps.audit, by),
    createLink: deps.createLink,
  };
}

async function statusOf(parts: DaemonParts, { url, mistakes, started }: OwnerApiDeps): Promise<DaemonStatus> {
  const { settings } = parts;
  return {
    ...healthOf(parts),
    pid: process.pid,
    version,
    url,
    fault: parts.writer.fault,
    counts: await parts.queries.counts({}),
    troubles: openSystemAlerts(parts.reader.database),
    sources: sourceShapes(parts),
    system: systemStatus(parts),
    proxy_mistakes: mistakes.all.map(({ lastAt, ...mistake }) => ({ ...mistake, last_at: isoOf(lastAt) })),
    runs_with: {
      ...runsWith(settings, started),
      config_refused: parts.configRefused(),
      restart_needed: needRestart(started, settings.config),
    },
  };
}

function runsWith(
  settings: SettingsService,
  started: Config,
): Omit<DaemonStatus["runs_with"], "config_refused" | "restart_needed"> {
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
