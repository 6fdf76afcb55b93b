import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { messageOf } from "../../src/commands/exit";
import { systemWords } from "../../src/commands/system-words";
import { openForWriting } from "../../src/store/db";
import { virtuoso } from "../commands/program";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-mistake-"));
  writeFileSync(join(folder, "file"), "x");
  mkdirSync(join(folder, "dir"));
  openForWriting(join(folder, "data"))[Symbol.dispose]();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const of = (fields: object) => Object.assign(new Error("as it came"), fields);
const cli = join(import.meta.dir, "../../src/cli.ts");

test(
  "a file where a folder is meant, a folder where a file is meant, a place that cannot be: each is " +
    "explained, none is a bug",
  async () => {
    const mistakes = [
      "doctor --data file",
      "doctor --data file/x",
      "backup file/x",
      "backup /proc/none",
      "backup /dev/full",
      "backup --data file",
      "restore dir",
      "restore data/virtuoso.db --data file",
      "alerts --data file",
      "read dir",
      "config get --config dir",
      "config check --config dir",
      "config set signals.min_score 70 --data file",
      "user list --data file",
      "audit verify --data dir",
      "grafana install --dir file/x",
      "serve --port 0 --data file",
      "serve --port 0 --config dir",
      "serve --port 0 --data file/x",
      "quarantine retry x --data file",
      "signin-link --data file",
    ];
    const ended = await Promise.all(
      mistakes.map(async (words) => ({ words, ...(await virtuoso(words.split(" "), { cwd: folder })) })),
    );
    for (const { words, code, out, err } of ended) {
      expect({ words, bug: /bug in virtuoso|\n\s+at /.test(err + out) }).toEqual({ words, bug: false });
      if (!words.startsWith("config get")) expect({ words, ended: code > 0 }).toEqual({ words, ended: true });
    }
  },
  60_000,
);

test("a full output device is reported, and the work has failed", async () => {
  for (const words of [["alerts", "-o", "json"], ["metrics"], ["--help"]]) {
    const child = Bun.spawn([process.execPath, cli, ...words], {
      cwd: folder,
      stdout: Bun.file("/dev/full"),
      stderr: "pipe",
      env: { PATH: process.env["PATH"] ?? "" },
    });
    expect({ words, err: await new Response(child.stderr).text(), code: await child.exited }).toEqual({
      words,
      err: "error: the output cannot be written: no space left on the device\n",
      code: 1,
    });
  }
}, 30_000);

test("what the system answers is put in words, what is ours to mend keeps its place", () => {
  expect(systemWords(of({ code: "EROFS", path: "/data/lock.db", syscall: "open" }))).toBe(
    "/data/lock.db: the disk can only be read",
  );
  expect(systemWords(of({ code: "SQLITE_IOERR_WRITE" }))).toBe("the database: the device fails (as it came)");
  expect(systemWords(new Error("around", { cause: of({ code: "SQLITE_FULL" }) }))).toContain("no space left");
  expect(messageOf(of({ code: "SQLITE_ERROR" }))).toMatch(
    /^error: this is a bug in virtuoso\nError: as it came\n +at /,
  );
  expect(messageOf(new TypeError("x is undefined"))).toContain("this is a bug");
});
