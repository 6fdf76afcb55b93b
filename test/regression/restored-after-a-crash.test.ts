import { afterEach, beforeEach, expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForReading, openForWriting } from "../../src/store/db";
import { restoreDatabase } from "../../src/store/restore";
import { virtuoso } from "../commands/program";
import { DaemonProcess } from "../support/killed";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-restore-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A backup of a desk that knew AUSDT, and the folder of one that was killed once it also knew BUSDT and CUSDT. */
async function crashed(): Promise<{ backup: string; epoch: string; data: string; reports: string }> {
  await using daemon = await DaemonProcess.start(folder);
  await daemon.receive("AUSDT");
  const backup = (await virtuoso(["backup", join(folder, "copies"), "--data", daemon.data])).out.trim();
  await daemon.receive("BUSDT", "CUSDT");
  const epoch = await daemon.epoch();
  await daemon.kill();
  expect(statSync(join(daemon.data, "virtuoso.db-wal")).size).toBeGreaterThan(0);
  for (const name of readdirSync(daemon.reports)) rmSync(join(daemon.reports, name));
  return { backup, epoch, data: daemon.data, reports: daemon.reports };
}

const symbolsIn = (file: string) => {
  using database = new Database(file, { readonly: true });
  return database
    .query<{ symbol: string }, []>("SELECT symbol FROM signals ORDER BY symbol")
    .all()
    .map(({ symbol }) => symbol);
};

test("restore puts a backup back after a kill -9, keeps what was there, and gives a new epoch", async () => {
  const { backup, epoch, data } = await crashed();
  const restored = await virtuoso(["restore", backup, "--data", data]);
  expect(restored).toMatchObject({ code: 0, err: expect.stringMatching(/1 signals[^]*new epoch/) });
  const kept = restored.out.trim();
  expect(readdirSync(kept).toSorted()).toEqual(["virtuoso.db", "virtuoso.db-wal"]);
  {
    await using daemon = await DaemonProcess.start(folder);
    expect(await daemon.symbols()).toEqual(["AUSDT"]);
    expect(await daemon.epoch()).not.toBe(epoch);
    expect(await daemon.stop()).toBe(0);
  }
  // What was set aside is a database like any other, with all that was in its log.
  expect((await virtuoso(["restore", join(kept, "virtuoso.db"), "--data", data])).code).toBe(0);
  expect(symbolsIn(join(data, "virtuoso.db"))).toEqual(["AUSDT", "BUSDT", "CUSDT"]);
}, 60_000);

test("a backup copied over the database by hand, its old log still there, is what the desk goes on with", async () => {
  const { backup, epoch, data } = await crashed();
  copyFileSync(backup, join(data, "virtuoso.db"));
  expect((await virtuoso(["signals", "--data", data, "-o", "json"])).out).toContain("AUSDT");
  await using daemon = await DaemonProcess.start(folder);
  expect(await daemon.symbols()).toEqual(["AUSDT"]);
  expect(await daemon.epoch()).not.toBe(epoch);
  expect(daemon.log).toContain("it was set aside");
  const aside = readdirSync(data).filter((name) => name.startsWith("set-aside-"));
  expect(aside.map((name) => readdirSync(join(data, name)))).toEqual([["virtuoso.db-wal"]]);
}, 60_000);

test("a database that is not replaced keeps its epoch and all of its log, killed or stopped", async () => {
  const { epoch, data } = await crashed();
  for (const ends of ["kill", "stop"] as const) {
    await using daemon = await DaemonProcess.start(folder);
    expect(await daemon.symbols()).toEqual(["AUSDT", "BUSDT", "CUSDT"]);
    expect(await daemon.epoch()).toBe(epoch);
    await daemon[ends]();
  }
  expect(readdirSync(data).filter((name) => name.startsWith("set-aside-"))).toEqual([]);
}, 60_000);

test("what cannot be restored changes nothing: a running daemon, a damaged file, another program's, none at all", async () => {
  await using daemon = await DaemonProcess.start(folder);
  await daemon.receive("AUSDT");
  const backup = (await virtuoso(["backup", join(folder, "copies"), "--data", daemon.data])).out.trim();
  expect(await virtuoso(["restore", backup, "--data", daemon.data])).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringMatching(/^error: another daemon runs [^\n]*process \d+, since [^\n]*http[^\n]*\n$/),
  });
  expect(await daemon.stop()).toBe(0);

  const damaged = join(folder, "damaged.db");
  const bytes = readFileSync(backup);
  bytes.fill(0x5a, 8192, 40_960);
  writeFileSync(damaged, bytes);
  const other = join(folder, "other.db");
  {
    using database = new Database(other);
    database.run("CREATE TABLE notes (text)");
  }
  writeFileSync(join(folder, "text.db"), "not a database, and never was one".repeat(300));
  const database = join(daemon.data, "virtuoso.db");
  const before = readFileSync(database);
  for (const [file, why] of [
    [damaged, /damaged/],
    [other, /no database of virtuoso/],
    [join(folder, "text.db"), /damaged, or no database/],
    [join(folder, "none.db"), /no such file/],
    [folder, /is a folder/],
    [database, /in use already/],
  ] as const) {
    const { code, out, err } = await virtuoso(["restore", file, "--data", daemon.data]);
    expect({ file, code, out, lines: err.trim().split("\n").length }).toEqual({ file, code: 1, out: "", lines: 1 });
    expect(err).toMatch(why);
  }
  expect(readFileSync(database).equals(before)).toBe(true);
  expect((await virtuoso(["restore", damaged, "--data", join(folder, "never")])).code).toBe(1);
  expect(existsSync(join(folder, "never"))).toBe(false);
}, 60_000);

test("a restore cut off between its last two steps leaves the restored database, not a mixture", () => {
  const data = join(folder, "data");
  const from = join(folder, "from");
  openForWriting(from)[Symbol.dispose]();
  // The old one still open: what it wrote is in its log, and stays there.
  using old = openForWriting(data);
  old.raw.run("INSERT INTO meta (key, value) VALUES ('seq', '500')");
  const log = readFileSync(join(data, "virtuoso.db-wal"));
  restoreDatabase(join(from, "virtuoso.db"), data, Date.now());
  writeFileSync(join(data, "virtuoso.db-wal"), log);
  {
    using reader = openForReading(data);
    expect(reader.raw.query("SELECT value FROM meta WHERE key = 'seq'").get()).toBeNull();
  }
  using database = openForWriting(data);
  expect(database.arrival).toMatchObject({ copiedIn: true, setAside: expect.stringContaining("set-aside-") });
  expect(database.raw.query("SELECT value FROM meta WHERE key = 'seq'").get()).toBeNull();
});
