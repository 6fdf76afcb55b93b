import { statSync } from "node:fs";
import { ConfigError, type Config } from "../config";
import { missingChannel } from "../config/routes";
import type { Log } from "../telemetry/log";
import { whyNotWithoutSignIn } from "./without-sign-in";

const pollEveryMs = 2000;

export interface ConfigFileDeps {
  readonly log: Log;
  /** Every channel there is under a config. */
  readonly channelsUnder: (config: Config) => readonly string[];
  /** False where it could not be stored, and does not hold. */
  readonly changed: (fresh: Config) => Promise<boolean>;
  /** Why the file as it now is cannot be used; null once it can again. */
  readonly refused: (why: string | null) => void;
}

/** Reads the config file again when it changes; a bad one is refused whole and the old one stays. */
export function followConfigFile(config: Config, { log, channelsUnder, changed, refused }: ConfigFileDeps): Disposable {
  const { path } = config;
  if (path === null) return { [Symbol.dispose]: () => undefined };
  let seen: string | null = stampOf(path);
  let gone = false;
  const read = async () => {
    try {
      const fresh = await config.reload();
      if (fresh.missingSecrets.length > 0) throw new ConfigError(fresh.missingSecrets.join("\n"));
      const open = whyNotWithoutSignIn(fresh);
      if (open !== null) throw new ConfigError(open);
      const missing = missingChannel(fresh.file.routes ?? [], channelsUnder(fresh));
      if (missing !== null) throw new ConfigError(missing);
      for (const field of needRestart(config, fresh))
        log.warn({ field }, "changed in the config file; it holds after a restart");
      if (!(await changed(fresh))) {
        seen = null;
        log.warn({ file: path }, "what the config file says cannot be stored now; it is tried again");
        return;
      }
      refused(null);
      log.info({ file: path }, "the config file was read again and holds");
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      refused(error.message.replaceAll(/^config: /gm, ""));
      log.error({ file: path }, `the edited config file is refused, the old one stays: ${error.message}`);
    }
  };
  const check = async () => {
    const stamp = stampOf(path);
    // An editor may take the file away for a moment as it saves.
    const goneBefore = gone;
    gone = stamp === null;
    if (stamp === seen || (gone && !goneBefore)) return;
    seen = stamp;
    await read();
  };
  const timer = setInterval(() => void check(), pollEveryMs);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}

const readOnceAtStart = [
  "host",
  "port",
  "connections",
  "connectionsPerAddress",
  "heartbeatMs",
  "tls",
  "logFormat",
  "logLevel",
] as const satisfies readonly (keyof Config)[];

/** What the file says by now, and a restart alone lets hold. */
export function needRestart(before: Config, after: Config): string[] {
  return readOnceAtStart.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));
}

function stampOf(path: string): string | null {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? `${stats.ino} ${stats.mtimeMs} ${stats.size}` : null;
}
