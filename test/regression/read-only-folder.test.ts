import { afterEach, beforeEach, expect, test } from "bun:test";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForReading, openForWriting } from "../../src/store/open";
import { virtuoso } from "../commands/program";

let folder: string;
let data: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-readonly-"));
  data = join(folder, "data");
  mkdirSync(data);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A data folder in which SQLite cannot make what readers share, as in one that may only be read; this holds for root too. */
function readOnly({ log }: { readonly log: boolean }): void {
  const written = join(folder, "written");
  const from = join(written, "virtuoso.db");
  using opened = openForWriting(written);
  if (!log) opened.raw.run("PRAGMA wal_autocheckpoint = 1");
  opened.raw.run("INSERT INTO meta (key, value) VALUES ('seq', '42')");
  if (!log) opened.raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
  for (const end of log ? ["", "-wal"] : [""]) copyFileSync(`${from}${end}`, join(data, `virtuoso.db${end}`));
  mkdirSync(join(data, "virtuoso.db-shm"));
}

const seqIn = () => {
  using opened = openForReading(data);
  return opened.raw.query<{ value: string }, []>("SELECT value FROM meta WHERE key = 'seq'").get()?.value;
};

const inTemporary = () => readdirSync(tmpdir()).filter((name) => name.startsWith("virtuoso-read-"));

test.each([true, false])("what only the log holds is read, and nothing is left beside it (a log: %p)", async (log) => {
  readOnly({ log });
  if (log) expect(statSync(join(data, "virtuoso.db-wal")).size).toBeGreaterThan(0);
  // An empty log is only made because root may write here all the same.
  const whatLies = () => readdirSync(data).filter((name) => log || !name.endsWith("-wal"));
  const before = whatLies();
  const temporaryBefore = inTemporary();
  expect(seqIn()).toBe("42");
  expect(inTemporary().filter((name) => !temporaryBefore.includes(name))).toEqual([]);
  const [signals, status, doctor] = await Promise.all([["signals", "-o", "json"], ["status"], ["doctor"]].map((words) => virtuoso([...words, "--data", data], { cwd: folder })));
  expect(signals).toEqual({ code: 0, out: "[]\n", err: "" });
  expect(status).toMatchObject({ code: 3, out: expect.stringContaining("kept: 0 signals") });
  expect(doctor?.out).toMatch(/ok +database +\S+ is whole/);
  expect(whatLies()).toEqual(before);
}, 30_000);
