import type { Config } from "../config";
import type { Groups } from "../telemetry/metrics";
import { exchangesOf } from "./markets";
import { scannerNames } from "./scanners";

/** Every name this config counts by. */
export function groupsOf(config: Config): Groups {
  return {
    sources: config.sources.map(({ name }) => name),
    scanners: scannerNames(config),
    exchanges: exchangesOf(config).map(({ name }) => name),
    rules: (config.file.rules ?? []).map(({ name }) => name),
  };
}
