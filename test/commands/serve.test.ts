import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForWriting } from "../../src/store/db";
import { virtuoso } from "./program";
import { Running } from "./running";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-serve-"));
});

afterAll(() => rmSync(folder, { recursive: true }));

const ready = /^virtuoso ready http:\/\/127\.0\.0\.1:(\d+)\/dashboard\n$/;

test("it says that it is ready in one line, is read over its socket, and stops cleanly on a signal", async () => {
  mkdirSync(join(folder, "reports"));
  await using serving = new Running(["serve", "--port", "0", "--reports", "reports"], folder);
  const [, port] = await serving.says(ready);

  const [status, asJson, taken, sameData] = await Promise.all([
    virtuoso(["status"], { cwd: folder }),
    virtuoso(["status", "-o", "json"], { cwd: folder }),
    virtuoso(["serve", "--port", port ?? "", "--data", "other"], { cwd: folder }),
    virtuoso(["serve", "--port", "0"], { cwd: folder }),
  ]);
  expect(status).toMatchObject({ code: 0, err: "" });
  expect(status.out).toMatch(/^virtuoso [\d.]+, \w+, http:\/\/127.*, up \d+ s\n[^]*\nreports +no data +no data/);
  expect(JSON.parse(asJson.out)).toMatchObject({
    pid: expect.any(Number),
    sources: [{ name: "reports" }],
    scanners: [{ name: "system", status: expect.any(String), message: expect.any(String) }],
  });
  expect(taken).toMatchObject({ code: 1, out: "", err: expect.stringMatching(/^error: [^\n]*--port[^\n]*\n$/) });
  expect(sameData).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/^error: [^\n]*another daemon[^\n]*\n$/),
  });

  const set = await virtuoso(["config", "set", "signals.min_score", "70"], { cwd: folder });
  expect(set).toEqual({ code: 0, out: "", err: "it holds from now on\n" });
  const held = (await (await fetch(`http://127.0.0.1:${port}/api/dashboard/config`)).json()) as object;
  expect(held).toMatchObject({ signals: { min_score: 70 } });

  writeFileSync(join(folder, "reports", "half.json"), "{ this will never be whole");
  await untilQuarantined();
  expect(await virtuoso(["quarantine", "retry", "half.json"], { cwd: folder })).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^half\.json .*still cannot be read +not-json/m),
  });
  expect(await virtuoso(["quarantine", "retry", "other.json"], { cwd: folder })).toMatchObject({ code: 1, out: "" });

  // It ends by itself, with another code, where the stop takes five seconds.
  serving.signal("SIGTERM");
  expect(await serving.ended).toBe(0);
  expect(serving.out).toMatch(ready);
});

async function untilQuarantined(): Promise<void> {
  const until = Date.now() + 30_000;
  while (Date.now() < until) {
    if ((await virtuoso(["quarantine", "-o", "ids"], { cwd: folder })).out === "half.json\n") return;
  }
  throw new Error("half.json was never refused");
}

test("on a terminal a short block follows, and the log stays quiet until something happens", async () => {
  const shown = await onTerminal(
    ["serve", "--port", "0", "--data", "quiet", "--reports", "quiet-reports"],
    /demo --port 0/,
  );
  const lines = shown.split("\r\n");
  expect(lines.slice(0, 6)).toEqual([
    expect.stringMatching(/^virtuoso ready http:\S+\/dashboard$/),
    "",
    expect.stringContaining("Make the first account"),
    expect.stringMatching(/^ {2}http:\S+#link=\S+$/),
    "It reads the reports in",
    expect.stringMatching(/^ {2}\/\S+\/quiet-reports$/),
  ]);
  expect(shown).not.toContain("INFO");
});

/** What is shown on a terminal 80 columns wide until it is asked to stop, which it is once it says this. */
async function onTerminal(words: readonly string[], until: RegExp): Promise<string> {
  mkdirSync(join(folder, "quiet-reports"));
  const said = Promise.withResolvers<void>();
  let shown = "";
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../../src/cli.ts"), ...words], {
    cwd: folder,
    terminal: {
      cols: 80,
      rows: 50,
      data: (_, bytes) => {
        shown += new TextDecoder().decode(bytes);
        if (until.test(shown)) said.resolve();
      },
    },
    env: { PATH: process.env["PATH"] ?? "", TERM: "xterm", NO_COLOR: "1" },
  });
  await Promise.race([said.promise, child.exited]);
  child.kill("SIGTERM");
  await child.exited;
  child.terminal?.close();
  return shown;
}

test("without a daemon the status is what the database knows, and exit 3", async () => {
  const known = join(folder, "known");
  openForWriting(known)[Symbol.dispose]();
  const [known3, nothing] = await Promise.all([
    virtuoso(["status", "--data", "known"], { cwd: folder }),
    virtuoso(["status", "--data", "nothing"], { cwd: folder }),
  ]);
  expect(known3).toMatchObject({ code: 3, err: expect.stringContaining("no daemon runs") });
  expect(known3.out).toMatch(/reports +not watched +no data[^]*kept: 0 signals[^]*wrong: no daemon runs/);
  expect(nothing).toMatchObject({ code: 3, out: expect.stringContaining("no database") });
});

test("what makes a start impossible is one clear line, exit 1, and nothing half-started", async () => {
  writeFileSync(join(folder, "file"), "");
  writeFileSync(join(folder, "bad.config.ts"), "export default { sorces: [] };");
  const newer = join(folder, "newer");
  {
    using database = openForWriting(newer);
    database.raw.run("UPDATE __drizzle_migrations SET created_at = created_at + 1e12");
  }
  const starts: [string[], RegExp][] = [
    [["--reports", "file"], /file.*not a folder/],
    [["--config", "bad.config.ts"], /bad\.config\.ts.*sorces/],
    [["--config", "none.ts"], /no such file.*none\.ts/],
    [["--data", "newer"], /newer version/],
  ];
  const ended = await Promise.all(
    starts.map(([words]) => virtuoso(["serve", "--port", "0", "--data", "unused", ...words], { cwd: folder })),
  );
  for (const [index, { code, out, err }] of ended.entries()) {
    expect({ code, out, lines: err.trim().split("\n").length }).toEqual({ code: 1, out: "", lines: 1 });
    expect(err).toMatch(starts[index]?.[1] ?? /^$/);
  }
});

test("a second signal does not wait", async () => {
  await using serving = new Running(["serve", "--port", "0", "--data", "twice"], folder);
  await serving.says(/ready/);
  serving.signal("SIGINT");
  serving.signal("SIGTERM");
  expect([0, 1]).toContain(await serving.ended);
  expect(serving.err).not.toContain("not everything stopped");
});
