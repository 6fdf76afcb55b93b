import { afterAll, beforeAll, expect, test } from "bun:test";
import { createServer } from "node:net";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForWriting, StoreError } from "../../src/store/db";
import { takeDaemonLock, takeWriterLock } from "../../src/store/writer-lock";
import { virtuoso } from "../commands/program";
import { Running } from "../commands/running";
import { until } from "../support/daemon";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-writer-"));
  mkdirSync(join(folder, "reports"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const serve = (...words: string[]) => ["serve", "--reports", "reports", ...words];

test("of six started at once one runs, and five say who it is", async () => {
  const six = Array.from({ length: 6 }, () => new Running(serve("--port", "0", "--data", "six"), folder));
  try {
    const ended: string[] = [];
    for (const each of six) void each.ended.then((code) => ended.push(`${code} ${each.err}`));
    const until = Date.now() + 30_000;
    while ((ended.length < 5 || !six.some(({ out }) => out.includes("ready"))) && Date.now() < until)
      await Bun.sleep(20);
    const [url] = six.flatMap(({ out }) => /http:\/\/127\.0\.0\.1:\d+/.exec(out) ?? []);
    expect(six.filter(({ out }) => out.includes("ready"))).toHaveLength(1);
    expect(ended).toHaveLength(5);
    for (const message of ended)
      expect(message).toMatch(
        new RegExp(
          `^1 error: another daemon runs on the data folder \\S+: process \\d+, since 20\\S+Z, at ${url}: [^\\n]+\\n$`,
        ),
      );
  } finally {
    for (const each of six) await each[Symbol.asyncDispose]();
  }
}, 60_000);

test("with its socket removed a daemon still is the only one, and no command writes beside it", async () => {
  await using first = new Running(serve("--port", "0", "--data", "socketless"), folder);
  await first.says(/ready/);
  rmSync(join(folder, "socketless", "control.sock"));
  const [second, set] = await Promise.all([
    virtuoso(serve("--port", "0", "--data", "socketless"), { cwd: folder }),
    virtuoso(["config", "set", "signals.min_score", "70", "--data", "socketless"], { cwd: folder }),
  ]);
  const refusal = { code: 1, out: "", err: expect.stringContaining("another daemon runs on the data folder") };
  expect(second).toMatchObject(refusal);
  // The socket is soon made anew: then the daemon is who writes.
  if (set.code === 0) expect(set.err).toBe("it holds from now on\n");
  else expect(set).toMatchObject(refusal);
}, 60_000);

test("with its lock and its socket removed a daemon still is the only one, and makes both anew", async () => {
  await using first = new Running(serve("--port", "0", "--data", "lockless"), folder);
  await first.says(/ready/);
  const removed = ["lock.db", "lock.json", "control.sock"].map((name) => join(folder, "lockless", name));
  for (const path of removed) rmSync(path);
  // Where nothing shows that it runs, only what it makes anew does.
  const requestsAtOnce = process.platform === "linux";
  const again = () => virtuoso(serve("--port", "0", "--data", "lockless"), { cwd: folder });
  const atOnce = requestsAtOnce ? await again() : null;
  await until("all of it to be there again", () => removed.every((path) => existsSync(path)));
  for (const refused of [atOnce, await again()]) {
    if (refused !== null)
      expect(refused).toMatchObject({
        code: 1,
        out: "",
        err: expect.stringMatching(/^error: another (daemon|process) (runs on|writes to) the data folder [^\n]+\n$/),
      });
  }
  expect(await virtuoso(["status", "--data", "lockless"], { cwd: folder })).toMatchObject({ code: 0 });
  first.signal("SIGTERM");
  expect(await first.ended).toBe(0);
}, 60_000);

test("a daemon whose lock another process has taken stores nothing more, and stops with words", async () => {
  const data = join(folder, "ousted");
  await using first = new Running(serve("--port", "0", "--data", "ousted"), folder);
  await first.says(/ready/);
  renameSync(join(data, "lock.db"), join(data, "elsewhere.db"));
  using lock = await takeWriterLock(data, "virtuoso config", () => 0);
  expect(await first.ended).toBe(1);
  expect(first.err).toMatch(
    /error: the lock of the data folder \(lock\.db\) was removed, and another process has taken it: .+ stops$/m,
  );
  expect(lock.keep()).toBe("kept");
  expect(readFileSync(join(data, "lock.json"), "utf8")).toContain("virtuoso config");
}, 60_000);

test("a lock is kept by the file it is on: made anew where that was removed, lost where another was faster", async () => {
  const data = join(folder, "kept");
  using lock = await takeDaemonLock(data, Date.now);
  expect(lock.keep()).toBe("kept");
  rmSync(join(data, "lock.db"));
  expect(lock.keep()).toBe("renewed");
  expect(lock.keep()).toBe("kept");
  rmSync(join(data, "lock.db"));
  using other = await takeWriterLock(data, "another", Date.now);
  expect([lock.keep(), other.keep(), lock.keep()]).toEqual(["lost", "kept", "lost"]);
});

test("after a kill -9 the lock is free, and the next is not blamed on the one before", async () => {
  const data = join(folder, "killed");
  {
    await using first = new Running(serve("--port", "0", "--data", "killed"), folder);
    await first.says(/ready/);
  }
  using lock = await takeWriterLock(data, "virtuoso config", () => 0);
  expect(lock).toBeDefined();
  const refused = await takeDaemonLock(data, Date.now).then(
    () => null,
    (error: unknown) => error,
  );
  expect(refused).toBeInstanceOf(StoreError);
  expect(String(refused)).toContain(`virtuoso config (process ${process.pid}, since 1970-`);
}, 60_000);

test("what makes a start impossible leaves nothing behind, not even a folder", async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
  const address = taken.address();
  const port = typeof address === "object" && address !== null ? String(address.port) : "";
  writeFileSync(join(folder, "file"), "");
  const before = readdirSync(folder);
  // Each has a folder of its own: they run side by side, and what one leaves must not be what another is about to take away.
  const starts: [string[], RegExp, Record<string, string>?][] = [
    [["--port", port, "--data", join("deep", "busy")], /is taken.*--port/],
    [["--port", "0", "--data", "elsewhere", "--host", "203.0.113.7"], /cannot listen on 203\.0\.113\.7/],
    [["--port", "0", "--data", "unread", "--reports", "file"], /not a folder/],
    [["--port", "0", "--data", "unsigned"], /32 characters/, { VIRTUOSO_JWT_SECRET: "short" }],
    [["--port", "0", "--data", "file"], /cannot be written/],
    [["--port", "0", "--data", join("file", "below")], /cannot be written/],
  ];
  const ended = await Promise.all(
    starts.map(([words, , environment]) =>
      virtuoso(serve(...words), { cwd: folder, environment: { VIRTUOSO_AUTH: "required", ...environment } }),
    ),
  );
  taken.close();
  for (const [index, { code, out, err }] of ended.entries()) {
    expect({ start: starts[index]?.[0], code, out, lines: err.trim().split("\n").length }).toMatchObject({
      code: 1,
      out: "",
      lines: 1,
    });
    expect(err).toMatch(starts[index]?.[1] ?? /^$/);
    expect(err).not.toContain("bug");
  }
  expect(readdirSync(folder)).toEqual(before);
}, 60_000);

test("a start that cannot have its port leaves the database that is there as it was", async () => {
  const taken = createServer();
  await new Promise<void>((done) => taken.listen(0, "127.0.0.1", done));
  const address = taken.address();
  const data = join(folder, "there");
  openForWriting(data)[Symbol.dispose]();
  const whose = () => readdirSync(data).filter((name) => !/^lock\.db|-wal$|-shm$/.test(name));
  const before = whose();
  const { code } = await virtuoso(
    serve("--port", String(typeof address === "object" && address !== null ? address.port : ""), "--data", data),
    { cwd: folder },
  );
  taken.close();
  expect(code).toBe(1);
  expect(whose()).toEqual(before);
}, 30_000);

test("no command makes a database where there is none", async () => {
  const writers = [
    ["config", "set", "signals.min_score", "70"],
    ["config", "unset", "signals.min_score"],
    ["user", "add", "ada", "--role", "admin"],
    ["user", "remove", "ada"],
    ["token", "create", "x", "--role", "viewer"],
    ["token", "revoke", "x"],
    ["signin-link"],
    ["backup"],
  ];
  const ended = await Promise.all(
    writers.map((words) => virtuoso([...words, "--data", "none"], { cwd: folder, stdin: "a lamp over green water\n" })),
  );
  for (const { code, out, err } of ended)
    expect({ code, out, err }).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(/^error: no database at [^\n]+\n$/),
    });
  expect(existsSync(join(folder, "none"))).toBe(false);
}, 60_000);
