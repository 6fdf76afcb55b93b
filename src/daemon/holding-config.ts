import type { Config } from "../config";
import type { Configured, Unsequenced } from "../core/observation";
import type { DaemonParts } from "./parts";
import { groupsOf, scannersOf } from "./section";

/** From now on this config holds: decide, the counters and the scheduler go by what it names. `scanning`: whether scanners run at all. */
export function holdConfig(parts: DaemonParts, config: Config, scanning: boolean): void {
  const { sections, writer, metrics, scheduler, now } = parts;
  const groups = groupsOf(sections, config);
  writer.consider(configuredOf(config, groups.scanners, now()));
  metrics.know(groups);
  scheduler.follow(scanning ? scannersOf(sections, config) : []);
}

/** Has every section take what the config names; resolves when their first looks are done. */
export async function followConfig({ sections }: DaemonParts, config: Config): Promise<void> {
  await Promise.all(sections.flatMap((section) => section.follow?.(config) ?? []));
}

/**
 * The config file was edited: true where it holds from now on, false where that could not be stored. Throws ConfigError
 * where a rule cannot be used.
 */
export async function reloadConfig(parts: DaemonParts, fresh: Config, scanning: boolean): Promise<boolean> {
  const { rules, settings, writer } = parts;
  const prepared = await rules.prepare(fresh);
  if (!settings.reload(writer, fresh)) {
    prepared.drop();
    return false;
  }
  prepared.take();
  holdConfig(parts, fresh, scanning);
  await followConfig(parts, fresh);
  return true;
}

/** What there is by this config, for decide: an alert about what is gone ends. */
function configuredOf(config: Config, scanners: readonly string[], receivedAt: number): Unsequenced<Configured> {
  const { readSources, file } = config;
  return {
    kind: "configured",
    receivedAt,
    sources: Object.fromEntries(readSources.map(({ name, zone }) => [name, zone ?? "UTC"])),
    scanners: scanners.filter((name) => file.scanners?.[name]?.enabled !== false),
    rules: Object.fromEntries(
      (file.rules ?? []).map(({ name, judge }) => [name, Bun.hash(judge.toString()).toString(36)]),
    ),
  };
}
