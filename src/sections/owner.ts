import { Problem } from "../api/problems";
import { ownerRoutes } from "../api/routes/owner";
import type { Actor } from "../auth/accounts";
import type { Config } from "../config";
import { needRestart } from "../daemon/config-file";
import type { DaemonParts } from "../daemon/parts";
import type { Section } from "../daemon/section";
import { healthOf, sourceShapes, systemStatus } from "../daemon/status";
import type { SettingsService } from "../settings";
import { version } from "../version";
import type { ClockConfirmed, DaemonStatus } from "../views/daemon-status";
import { openSystemAlerts } from "../views/alerts";
import { isoOf } from "../views/shape";

/** What only the machine's owner is answered. */
export function ownerSection(parts: DaemonParts): Section {
  return {
    name: "owner",
    routes: ownerRoutes({
      status: () => statusOf(parts),
      confirmClock: (by) => confirmClock(parts, by),
      createLink: () => parts.createLink(),
    }),
  };
}

async function statusOf(parts: DaemonParts): Promise<DaemonStatus> {
  const { settings, url, mistakes, started } = parts;
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

/** Takes a person's word that the clock is right, into the audit log too. Throws Problem where it is not stored. */
function confirmClock({ writer, retention, audit, now }: DaemonParts, by: Actor): ClockConfirmed {
  const aheadSeconds = Math.round((retention.doubt?.byMs ?? 0) / 1000);
  const at = now();
  const stored = retention.confirm(() =>
    audit({
      at,
      ...by,
      what: "clock.confirmed",
      subject: null,
      before: { ahead_seconds: aheadSeconds },
      after: null,
    }),
  );
  if (!stored) throw new Problem("not-stored", writer.trouble ?? undefined);
  return { now: isoOf(at), ahead_seconds: aheadSeconds };
}
