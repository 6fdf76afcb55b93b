import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { until } from "../support/daemon";

const program = resolve(import.meta.dir, "../../src/cli.ts");

/** A server of another program, on a port of its own. */
export interface Server extends AsyncDisposable {
  readonly url: string;
}

/** A port that is free just now. */
export function freePort(): number {
  const server = Bun.listen({ hostname: "127.0.0.1", port: 0, socket: { data: () => undefined } });
  const { port } = server;
  server.stop(true);
  return port;
}

/** Runs a program to its end; both of its streams as one text. */
export async function ran(
  words: readonly string[],
  stdin = "",
): Promise<{ readonly code: number; readonly said: string }> {
  const child = Bun.spawn([...words], { stdin: new Blob([stdin]), stdout: "pipe", stderr: "pipe" });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, said: out + err };
}

export function virtuoso(...words: string[]): Promise<{ readonly code: number; readonly said: string }> {
  return ran([process.execPath, program, ...words]);
}

/** The demo as its users start it, its time going so many times faster. */
export async function startDemo(speed: number): Promise<Server> {
  const child = Bun.spawn(
    [process.execPath, program, "demo", "--port", "0", "--speed", String(speed), "--log-format", "json"],
    { stdin: "ignore", stdout: "pipe", stderr: "ignore" },
  );
  const decoder = new TextDecoder();
  let said = "";
  for await (const chunk of child.stdout) {
    said += decoder.decode(chunk, { stream: true });
    const url = /^virtuoso ready (\S+)\/dashboard/m.exec(said)?.[1];
    if (url !== undefined) return { url, [Symbol.asyncDispose]: () => ended(child) };
  }
  throw new Error(`the demo ended before it was ready: ${said}`);
}

/** `config`: of prometheus.yml, made anew in `folder`. */
export async function startPrometheus(folder: string, config: string): Promise<Server> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "running.yml"), config);
  const url = `http://127.0.0.1:${freePort()}`;
  return started("prometheus", url, [
    `--config.file=${join(folder, "running.yml")}`,
    `--storage.tsdb.path=${join(folder, "tsdb")}`,
    `--web.listen-address=${new URL(url).host}`,
    "--log.level=error",
  ]);
}

/** `config`: the path of an alertmanager.yml. */
export async function startAlertmanager(folder: string, config: string): Promise<Server> {
  const url = `http://127.0.0.1:${freePort()}`;
  return started("prometheus-alertmanager", url, [
    `--config.file=${config}`,
    `--storage.path=${join(folder, "alertmanager")}`,
    `--web.listen-address=${new URL(url).host}`,
    "--cluster.listen-address=",
    "--log.level=error",
  ]);
}

/**
 * Runs a program until it is disposed of; resolves once `path` below its `url` answers well. What it says on stderr is
 * shown where `loud`.
 */
export async function started(
  name: string,
  url: string,
  flags: readonly string[],
  {
    path = "/-/ready",
    env = {},
    loud = true,
  }: { readonly path?: string; readonly env?: Record<string, string>; readonly loud?: boolean } = {},
): Promise<Server> {
  const child = Bun.spawn([name, ...flags], {
    stdin: "ignore",
    stdout: "ignore",
    stderr: loud ? "inherit" : "ignore",
    env: { ...process.env, ...env },
  });
  try {
    await until(`${name} to be ready`, () => isReady(url + path, child), 60_000);
  } catch (error) {
    await ended(child);
    throw error;
  }
  return { url, [Symbol.asyncDispose]: () => ended(child) };
}

async function isReady(url: string, child: Bun.Subprocess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`);
  try {
    return (await fetch(url, { tls: { rejectUnauthorized: false } })).ok;
  } catch (error) {
    if (error instanceof Error && "code" in error && /ECONNREFUSED|ConnectionRefused/.test(String(error.code)))
      return false;
    throw error;
  }
}

async function ended(child: Bun.Subprocess): Promise<void> {
  child.kill();
  await child.exited;
}
