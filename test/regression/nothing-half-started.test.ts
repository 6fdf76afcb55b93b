import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeWriterLock } from "../../src/store/writer-lock";
import { virtuoso } from "../commands/program";
import { Running } from "../commands/running";

const program = join(import.meta.dir, "../../src/commands/run-until-stopped.ts");

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-half-"));
  mkdirSync(join(folder, "reports"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that starts something with a port, a timer and no end of its own, and fails at `moment`. */
async function fails(
  moment: "start" | "ready" | "stop",
): Promise<{ readonly code: number; readonly err: string; readonly stopped: boolean; readonly free: boolean }> {
  const script = join(folder, `${moment}.ts`);
  const stopped = join(folder, `${moment}.stopped`);
  writeFileSync(
    script,
    `import { runUntilStopped } from ${JSON.stringify(program)};
     import { writeFileSync } from "node:fs";
     setInterval(() => undefined, 1000);
     const server = Bun.serve({ port: 0, fetch: () => new Response("ok") });
     const boom = (moment) => { if (moment === ${JSON.stringify(moment)}) throw new Error("boom at " + moment); };
     await runUntilStopped(async () => {
       console.log(server.port);
       boom("start");
       return { async [Symbol.asyncDispose]() { writeFileSync(${JSON.stringify(stopped)}, ""); boom("stop"); await server.stop(true); } };
     }, () => { boom("ready"); process.kill(process.pid, "SIGTERM"); });`,
  );
  const child = Bun.spawn([process.execPath, script], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    env: { PATH: process.env["PATH"] ?? "" },
  });
  const [out, err, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { code, err, stopped: existsSync(stopped), free: await isFree(Number(out.trim())) };
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve) =>
    server.once("error", () => resolve(false)).listen(port, "127.0.0.1", () => resolve(true)),
  );
  server.close();
  return free;
}

describe("what fails ends the process, whatever of it goes on", () => {
  test.each([
    ["start", false],
    ["ready", true],
    ["stop", true],
  ] as const)(
    "at its %s",
    async (moment, stopped) => {
      expect(await fails(moment)).toEqual({
        code: 1,
        err: expect.stringContaining(`boom at ${moment}`),
        stopped,
        free: true,
      });
    },
    30_000,
  );
});

test("a control socket that cannot be made leaves neither the port nor the lock", async () => {
  const data = join(folder, "occupied");
  mkdirSync(join(data, "control.sock", "something"), { recursive: true });
  const port = await freePort();
  const { code, err } = await virtuoso(["serve", "--port", String(port), "--reports", "reports", "--data", data], {
    cwd: folder,
  });
  expect({ code, free: await isFree(port) }).toEqual({ code: 1, free: true });
  expect(err).toMatch(/^error: [^\n]*control\.sock is in the way[^\n]*\n$/);
  (await takeWriterLock(data, "test", Date.now))[Symbol.dispose]();
}, 30_000);

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === "object" && address !== null ? address.port : 0;
}

test.each(["[::1]", "::1", "[::]"])(
  "the host %s is listened on, as the ready line says",
  async (host) => {
    const data = `ip${host.length}`;
    await using serving = new Running(
      ["serve", "--port", "0", "--host", host, "--reports", "reports", "--data", data, "--base-path", "/desk"],
      folder,
      { VIRTUOSO_AUTH: "required" },
    );
    const [, url] = await serving.says(/^virtuoso ready (http:\/\/\[::1?\]:\d+)\/desk\/dashboard\n/);
    expect((await fetch(`${url?.replace("[::]", "[::1]")}/desk/healthz`)).status).toBe(200);
    if (host === "[::]")
      expect((await fetch(`${url?.replace("[::]", "127.0.0.1")}/desk/api/auth/options`)).status).toBe(200);
    const { out } = await virtuoso(["signin-link", "--data", data], { cwd: folder });
    expect(out).toStartWith(`${url}/desk/signin#link=`);
  },
  30_000,
);
