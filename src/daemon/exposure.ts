import { exposureOf, namelessness } from "../api/border/exposure";
import type { Config } from "../config";
import type { Log } from "../telemetry/log";

/** Framed and wide: among lines of a log it is the one that is seen. */
function framed(text: string, width = 76): string {
  const lines = text.split(" ").reduce<string[]>((all, word) => {
    const last = all.at(-1);
    if (last === undefined || last.length + word.length + 1 > width) all.push(word);
    else all[all.length - 1] = `${last} ${word}`;
    return all;
  }, []);
  const edge = "!".repeat(width + 6);
  return [edge, ...lines.map((line) => `!! ${line.padEnd(width)} !!`), edge].join("\n");
}

const warnAgainEveryMs = 60 * 60_000;

/** Said at the start where it cannot be missed, and every hour after. */
export function warnOfExposure(config: Config, log: Log): Disposable {
  const nameless = namelessness(config);
  if (nameless !== null) log.warn(nameless);
  const exposure = exposureOf({ ...config, encrypted: config.tls !== null });
  if (exposure === null) return { [Symbol.dispose]: () => undefined };
  log.error(exposure);
  process.stderr.write(`${framed(exposure)}\n`);
  const timer = setInterval(() => log.error(exposure), warnAgainEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
