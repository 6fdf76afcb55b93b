import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "../support/daemon";

const root = join(import.meta.dir, "../..");

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-npm-"));
  mkdirSync(join(folder, "reports"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** What a person types in a checkout, as a service manager would run it: asked to stop, it ends, and so does the daemon. */
async function stopRequested(words: readonly string[]): Promise<number> {
  const npm = Bun.spawn(
    [...words, "--port", "0", "--data", join(folder, "data"), "--reports", join(folder, "reports")],
    {
      cwd: root,
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
      env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? folder, VIRTUOSO_AUTH: "off" },
    },
  );
  const { pid } = await until("the daemon", () => holder());
  npm.kill("SIGTERM");
  const code = await npm.exited;
  await until("the daemon's end", () => !isAlive(pid), 10_000);
  expect(holder()).toBeNull();
  return code;
}

/** The daemon that listens, as it says of itself beside its lock; gone once it has ended in order. */
function holder(): { readonly pid: number } | null {
  try {
    const held = JSON.parse(readFileSync(join(folder, "data", "lock.json"), "utf8")) as {
      pid: number;
      url: string | null;
    };
    return held.url === null ? null : held;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

test("npm start passes the signal on and answers with the daemon's own code", async () => {
  expect(await stopRequested(["npm", "start", "--"])).toBe(0);
}, 60_000);

test("under npx, which passes nothing on, the daemon ends with it", async () => {
  await stopRequested(["npx", "virtuoso", "serve"]);
}, 60_000);
