import { join } from "node:path";

/** FULL=1 or CRASHES=200 for the full run; SEED to see one again. */
export const crashes = Number(process.env["CRASHES"] ?? (process.env["FULL"] === "1" ? 200 : 20));
export const seed = Number(process.env["SEED"] ?? Date.now() % 1_000_000);

const cli = join(import.meta.dir, "../../src/cli.ts");

/** The real process over the reports and the data of a folder; a config in the folder holds. */
export function startKillable(folder: string) {
  const words = ["serve", "--port", "0", "--data", join(folder, "data"), "--reports", join(folder, "reports")];
  return Bun.spawn([process.execPath, cli, ...words, "--log-format", "json"], {
    cwd: folder,
    stdout: "pipe",
    stderr: "ignore",
    env: { ...process.env, VIRTUOSO_AUTH: "off" },
  });
}

/** Where it says that it is ready, that it is; empty where it dies before. */
export async function firstLine(stream: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  for await (const chunk of stream) {
    text += new TextDecoder().decode(chunk);
    if (text.includes("\n")) break;
  }
  return text.split("\n")[0] ?? "";
}
