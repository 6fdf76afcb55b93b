import { mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const program = resolve(import.meta.dir, "../../src/cli.ts");

/** The daemon as its users run it, in a process of its own. */
export interface DaemonProcess extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
  readonly port: number;
  readonly data: string;
  /** Where its default source reads. */
  readonly reports: string;
}

/** Starts it on folders below `folder`, without limits on connections and without sign-in; `config`: the text of a config file. */
export async function spawnDaemon(
  folder: string,
  config?: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<DaemonProcess> {
  const data = join(folder, "data");
  const reports = join(folder, "reports");
  const log = join(folder, "daemon.log");
  mkdirSync(reports, { recursive: true });
  const flags = ["--data", data, "--port", "0"];
  // Where the config names the folders itself, the flag would have none to name.
  if (!/\bsources"?:/.test(config ?? "")) flags.push("--reports", reports);
  if (config !== undefined) {
    const path = join(folder, "virtuoso.config.ts");
    await Bun.write(path, config);
    flags.push("--config", path);
  }
  const child = Bun.spawn([process.execPath, program, "serve", ...flags], {
    cwd: folder,
    env: cleanEnvironment({ VIRTUOSO_RATE_LIMITS: "off", VIRTUOSO_AUTH: "off", ...environment }),
    stdin: "ignore",
    stdout: "pipe",
    stderr: Bun.file(log),
  });
  const url = await readyUrl(child.stdout, () => readFileSync(log, "utf8").slice(-2000));
  return {
    pid: child.pid,
    url: url.origin,
    port: Number(url.port),
    data,
    reports,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.exited;
    },
  };
}

/** What a benchmark hands down: nothing of the caller's own settings of the program. */
export function cleanEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith("VIRTUOSO_"));
  return { ...Object.fromEntries(kept), ...more };
}

async function readyUrl(stdout: ReadableStream<Uint8Array>, log: () => string): Promise<URL> {
  const decoder = new TextDecoder();
  let said = "";
  for await (const chunk of stdout) {
    said += decoder.decode(chunk, { stream: true });
    const match = /^virtuoso ready (\S+)/m.exec(said);
    if (match?.[1] !== undefined) return new URL(match[1]);
  }
  throw new Error(`the daemon ended before it was ready:\n${log()}`);
}
