import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pino from "pino";
import { loadConfig, type Config, type Flags } from "../../src/config";
import { startDaemon, type Daemon } from "../../src/daemon";
import type { CreateSection } from "../../src/daemon/parts";

/** A whole daemon in a folder of its own, on a port of its own. */
export interface TestDaemon extends AsyncDisposable {
  readonly url: string;
  readonly daemon: Daemon;
  readonly config: Config;
  readonly folder: string;
  readonly reports: string;
  readonly data: string;
  /** Writes a report the way careful writers do: under another name, then renamed. */
  drop(name: string, report: unknown): void;
  get<T = unknown>(path: string): Promise<T>;
  /** Stops it and starts it again on the same folders and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface TestDaemonOptions {
  readonly now?: () => number;
  /** The machine's own clock: where it leaps, the process was suspended. */
  readonly wallClock?: () => number;
  readonly ticking?: boolean;
  readonly flags?: Flags;
  readonly folder?: string;
  /** Written as virtuoso.config.ts beside the folders; `FOLDER` in it stands for the folder of all of it. */
  readonly config?: string;
  /** Runs before the daemon first starts. */
  readonly before?: (folder: string) => void;
  /** `required`: callers must have signed in. None must, where a test is not about that. */
  readonly auth?: "required" | "off";
  /** True: rate limits hold, as outside of tests. */
  readonly limits?: boolean;
  /** False: no scanner runs. */
  readonly scanning?: boolean;
  /** Rest between two requests to an exchange, ms. */
  readonly rateLimitMs?: number;
  /** How long after the start the database begins to be looked through, ms. */
  readonly integrityBeginsAfterMs?: number;
  /** Its capabilities, where they are not the usual ones. */
  readonly sections?: readonly CreateSection[];
  /** Where it logs to; nowhere, where a test is not about that. */
  readonly log?: pino.Logger;
}

export async function startTestDaemon(options: TestDaemonOptions = {}): Promise<TestDaemon> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "virtuoso-test-"));
  const reports = join(folder, "reports");
  const data = join(folder, "data");
  mkdirSync(reports, { recursive: true });
  const file = join(folder, "virtuoso.config.ts");
  if (options.config !== undefined) writeFileSync(file, options.config.replaceAll("FOLDER", folder));
  options.before?.(folder);
  // A config that names folders names them all.
  const flags = {
    data,
    ...(options.config?.includes("dir:") === true ? {} : { reports }),
    port: 0,
    ...(options.config === undefined ? {} : { config: file }),
    ...options.flags,
  };
  const config = await loadConfig(flags, {
    VIRTUOSO_AUTH: options.auth ?? "off",
    VIRTUOSO_RATE_LIMITS: options.limits === true ? "on" : "off",
  });
  const deps = {
    log: options.log ?? pino({ level: process.env["TEST_LOG"] ?? "silent" }),
    ...(options.now ? { now: options.now } : {}),
    ...(options.wallClock ? { wallClock: options.wallClock } : {}),
    ...(options.ticking === undefined ? {} : { ticking: options.ticking }),
    ...(options.rateLimitMs === undefined ? {} : { rateLimitMs: options.rateLimitMs }),
    ...(options.integrityBeginsAfterMs === undefined ? {} : { integrityBeginsAfterMs: options.integrityBeginsAfterMs }),
    ...(options.sections === undefined ? {} : { sections: options.sections }),
    ...(options.scanning === undefined ? {} : { scanning: options.scanning }),
  };
  let daemon = await startDaemon(config, deps);
  let stopped = false;
  return {
    get url() {
      return daemon.url;
    },
    get daemon() {
      return daemon;
    },
    config,
    folder,
    reports,
    data,
    drop(name, report) {
      const path = join(reports, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.tmp`, typeof report === "string" ? report : JSON.stringify(report));
      renameSync(`${path}.tmp`, path);
    },
    async get<T>(path: string): Promise<T> {
      const response = await fetch(`${daemon.url}${path}`);
      if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
      return (await response.json()) as T;
    },
    async restart() {
      const port = Number(new URL(daemon.url).port);
      if (!stopped) await daemon[Symbol.asyncDispose]();
      stopped = false;
      daemon = await startDaemon({ ...config, port }, deps);
    },
    async stop() {
      if (!stopped) await daemon[Symbol.asyncDispose]();
      stopped = true;
    },
    async [Symbol.asyncDispose]() {
      if (!stopped) await daemon[Symbol.asyncDispose]();
      stopped = true;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Waits until `look` answers something, asking every few ms. Throws with `what` where it never does. */
export async function until<T>(what: string, read: () => T | Promise<T>, withinMs = 15_000): Promise<NonNullable<T>> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const answer = await read();
    if (answer) return answer;
    if (performance.now() > deadline) throw new Error(`waited ${withinMs} ms in vain for ${what}`);
    await Bun.sleep(5);
  }
}
