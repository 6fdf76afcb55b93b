import { join } from "node:path";

const cli = join(import.meta.dir, "../../src/cli.ts");

export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

interface Circumstances {
  readonly stdin?: string | Uint8Array;
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Runs the program to its end, as a person in a pipe would. */
export async function virtuoso(
  words: readonly string[],
  { stdin = "", environment = {}, cwd }: Circumstances = {},
): Promise<Ended> {
  const child = Bun.spawn([process.execPath, cli, ...words], {
    stdin: new Blob([stdin as BlobPart]),
    stdout: "pipe",
    stderr: "pipe",
    env: { PATH: process.env["PATH"] ?? "", ...environment },
    ...(cwd === undefined ? {} : { cwd }),
  });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, out, err };
}

/** Runs the program on a terminal so many columns wide; what it writes comes back with its colours. */
export async function virtuosoOnTerminal(
  words: readonly string[],
  columns: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  let shown = "";
  const decoder = new TextDecoder();
  const child = Bun.spawn([process.execPath, cli, ...words], {
    terminal: { cols: columns, rows: 50, data: (_, bytes) => (shown += decoder.decode(bytes, { stream: true })) },
    env: { PATH: process.env["PATH"] ?? "", TERM: "xterm-256color", ...environment },
  });
  await child.exited;
  child.terminal?.close();
  return shown;
}
