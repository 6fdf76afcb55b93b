import { statSync } from "node:fs";
import { ConfigError, type Config } from "../config";
import type { Log } from "../telemetry/log";

const lookEveryMs = 2000;

/** Reads the config file again when it changes; a bad one is refused whole and the old one stays. */
export function followConfigFile(config: Config, log: Log, changed: (fresh: Config) => Promise<void>): Disposable {
  const { path } = config;
  if (path === null) return { [Symbol.dispose]: () => undefined };
  let seen = stampOf(path);
  const look = async () => {
    const stamp = stampOf(path);
    if (stamp === seen || stamp === null) return;
    seen = stamp;
    try {
      const fresh = await config.reload();
      for (const field of needRestart(config, fresh)) log.warn({ field }, "changed in the config file; it holds after a restart");
      await changed(fresh);
      log.info({ file: path }, "the config file was read again and holds");
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      log.error({ file: path }, `the edited config file is refused, the old one stays: ${error.message}`);
    }
  };
  const timer = setInterval(() => void look(), lookEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

const readOnceAtStart = ["host", "port", "connections", "connectionsPerAddress", "heartbeatMs", "tls", "logFormat", "logLevel"] as const satisfies readonly (keyof Config)[];

function needRestart(before: Config, after: Config): string[] {
  return readOnceAtStart.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

function stampOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : null;
}
