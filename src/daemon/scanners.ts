import type { Config } from "../config";
import type { ScanTimes } from "../scanners/scheduler";

/** A scanner's own interval and timeout where the config says so. */
export type TimesOf = (name: string, usual: () => ScanTimes) => () => ScanTimes;

export function scanTimesOf(config: () => Config): TimesOf {
  return (name, usual) => () => {
    const { intervalMs, timeoutMs } = usual();
    const given = config().file.scanners?.[name];
    return { intervalMs: given?.interval ?? intervalMs, timeoutMs: given?.timeout ?? timeoutMs };
  };
}
