import { afterEach, beforeEach, expect, test } from "bun:test";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForReading, openForWriting, StoreError } from "../../src/store/db";

const anonymous = 65_534;

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-readonly-"));
  chmodSync(folder, 0o755);
  data = join(folder, "data");
  mkdirSync(data);
});
afterEach(() => {
  chmodSync(data, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

/** A data folder as its daemon left it, killed or stopped, in which no one may write. */
function leftBehind({ log }: { readonly log: boolean }): void {
  const written = join(folder, "written");
  using database = openForWriting(written);
  database.raw.run("INSERT INTO meta (key, value) VALUES ('seq', '42')");
  if (!log) database.raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
  for (const end of log ? ["", "-wal"] : [""]) {
    copyFileSync(join(written, `virtuoso.db${end}`), join(data, `virtuoso.db${end}`));
    chmodSync(join(data, `virtuoso.db${end}`), 0o444);
  }
  chmodSync(data, 0o555);
}

/** Permissions bind everybody but root: as root, somebody else reads. */
function asReader<T>(work: () => T): T {
  if (process.geteuid?.() !== 0) return work();
  process.seteuid?.(anonymous);
  try {
    return work();
  } finally {
    process.seteuid?.(0);
  }
}

const inTemporary = () => readdirSync(tmpdir()).filter((name) => name.startsWith("virtuoso-read-"));

test.each([true, false])(
  "a folder that may only be read is read, with what only the log holds, and nothing is left (a log: %p)",
  (log) => {
    leftBehind({ log });
    if (log) expect(statSync(join(data, "virtuoso.db-wal")).size).toBeGreaterThan(0);
    const before = [readdirSync(data), inTemporary()];
    const seq = asReader(() => {
      using database = openForReading(data);
      return database.raw.query<{ value: string }, []>("SELECT value FROM meta WHERE key = 'seq'").get()?.value;
    });
    expect(seq).toBe("42");
    expect([readdirSync(data), inTemporary()]).toEqual(before);
  },
);

test("one that may not even be read says so", () => {
  leftBehind({ log: false });
  chmodSync(join(data, "virtuoso.db"), 0o000);
  const refused = asReader(() => {
    try {
      using database = openForReading(data);
      return database.path;
    } catch (error) {
      return error;
    }
  });
  expect(refused).toBeInstanceOf(StoreError);
  expect(String(refused)).toContain("permission denied; it is for the account the daemon runs as");
});
