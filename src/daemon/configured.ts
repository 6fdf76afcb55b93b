import type { Config } from "../config";
import type { Configured, Unsequenced } from "../core/observation";
import { scannerNames } from "./scanners";

/** What there is by this config, for decide: an alert about what is gone ends. */
export function configuredOf(config: Config, receivedAt: number): Unsequenced<Configured> {
  const { readSources, file } = config;
  return {
    kind: "configured",
    receivedAt,
    sources: Object.fromEntries(readSources.map(({ name, zone }) => [name, zone ?? "UTC"])),
    scanners: scannerNames(config).filter((name) => file.scanners?.[name]?.enabled !== false),
    rules: Object.fromEntries(
      (file.rules ?? []).map(({ name, judge }) => [name, Bun.hash(judge.toString()).toString(36)]),
    ),
  };
}
