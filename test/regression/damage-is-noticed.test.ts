import { Database, SQLiteError } from "bun:sqlite";
import { expect, test } from "bun:test";
import { closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { IntegrityCheck } from "../../src/daemon/integrity";
import { checkTable, tablesOf } from "../../src/store/check";
import { databasePath, StoreError } from "../../src/store/db";
import { watchReads } from "../../src/store/watch-reads";
import type { HealthShape } from "../../src/views/health";
import type { OverviewShape } from "../../src/views/overview-shape";
import { startTestDaemon, until, type TestDaemon, type TestDaemonOptions } from "../support/daemon";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";
import { listenTo } from "../support/socket";

const now = Date.parse("2026-03-02T12:00:00Z");
const pageBytes = 4096;

/** A database with something in most of its tables, all of it in the one file. */
async function aDatabase(path: string): Promise<void> {
  using given = await openTestWriter(now);
  const reports = Array.from({ length: 60 }, (_, n) =>
    reportOf({
      receivedAt: now + n,
      file: `${n}.json`,
      signals: [signalOf({ observedAt: now, signalId: `${n}`, symbol: `S${n}USDT` })],
    }),
  );
  await Promise.all(reports.map((report) => given.writer.submit({ observation: report, file: fileOf(report) })));
  given.database.raw.run("PRAGMA wal_checkpoint(TRUNCATE)");
  copyFileSync(given.database.path, path);
}

function damage(path: string, page: number): void {
  const file = openSync(path, "r+");
  writeSync(file, Buffer.alloc(pageBytes, 0xa5), 0, pageBytes, (page - 1) * pageBytes);
  closeSync(file);
}

function rootOf(path: string, table: string): number {
  using database = new Database(path, { readonly: true });
  return (
    database.query<{ rootpage: number }, [string]>("SELECT rootpage FROM sqlite_schema WHERE name = ?").get(table)
      ?.rootpage ?? 0
  );
}

function findings(path: string): string[] {
  try {
    return tablesOf(path).filter((table) => checkTable(path, table) !== null);
  } catch (error) {
    return [String(error)];
  }
}

test("whichever page is damaged: the start says so in one line that names restore, or the check finds it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-damaged-"));
  const whole = join(folder, "whole.db");
  await aDatabase(whole);
  expect(findings(whole)).toEqual([]);
  const pages = Bun.file(whole).size / pageBytes;
  // The first pages are the schema and the roots of the oldest tables; of the rest some.
  const asked = Array.from({ length: pages }, (_, n) => n + 1).filter((page) => page <= 4 || page % 6 === 0);
  let refused = 0;
  for (const page of asked) {
    const home = join(folder, `page-${page}`);
    mkdirSync(join(home, "data"), { recursive: true });
    copyFileSync(whole, databasePath(join(home, "data")));
    damage(databasePath(join(home, "data")), page);
    const failed = await startTestDaemon({ folder: home, scanning: false, ticking: false }).then(
      (daemon) => daemon.stop(),
      (error: unknown) => error,
    );
    if (failed === undefined)
      expect({ page, found: findings(databasePath(join(home, "data"))).length > 0 }).toEqual({ page, found: true });
    else {
      refused++;
      expect(failed).toBeInstanceOf(StoreError);
      const { message } = failed as StoreError;
      expect(message).toContain("virtuoso restore FILE");
      expect(message.split("\n")).toHaveLength(1);
    }
  }
  expect(refused).toBeGreaterThan(3);
  rmSync(folder, { recursive: true });
}, 60_000);

test.each([
  [
    "a page not read at the start",
    "/api/preferences",
    (path: string) => damage(path, rootOf(path, "sqlite_autoindex_preferences_1")),
  ],
  [
    "a row that is no longer what was written",
    "/api/signals/s2",
    (path: string) => {
      using database = new Database(path);
      database.run("UPDATE signals SET body = substr(body, 1, 20) WHERE seq = 2");
      database.run("PRAGMA wal_checkpoint(TRUNCATE)");
    },
  ],
] as const)(
  "%s: the first read of it is seen on every way that needs no disk",
  async (_, path, damaged) => {
    const folder = mkdtempSync(join(tmpdir(), "virtuoso-damaged-"));
    const database = databasePath(join(folder, "data"));
    mkdirSync(join(folder, "data"));
    await aDatabase(database);
    damaged(database);
    await using daemon = await startTestDaemon({ folder, scanning: false });
    expect((await fetch(`${daemon.url}/readyz`)).status).toBe(200);
    const socket = await listenTo(daemon.url);
    // Who resumes is live at once, and the pong comes after that.
    socket.send({ type: "resume", ...socket.cursor });
    socket.send({ type: "ping" });
    await socket.receive("pong");
    const answer = await fetch(`${daemon.url}${path}`);
    expect({ status: answer.status, body: await answer.json() }).toMatchObject({
      status: 503,
      body: { code: "unavailable", detail: "corrupt" },
    });
    const ready = await fetch(`${daemon.url}/readyz`);
    expect({ status: ready.status, body: await ready.json() }).toMatchObject({
      status: 503,
      body: { status: "not-storing", code: "corrupt" },
    });
    expect(await daemon.get<HealthShape>("/api/dashboard/health")).toMatchObject({
      status: "unhealthy",
      checks: { database: { status: "unhealthy" } },
    });
    const overview = await until("the overview to say so", async () => {
      const each = await daemon.get<OverviewShape>("/api/dashboard/overview");
      return each.system_status.status === "degraded" && each;
    });
    expect(overview && overview.alerts[0]).toMatchObject({
      id: "store",
      type: "SYSTEM",
      priority: "high",
      state: "open",
    });
    expect(await daemon.get<{ message: string }>("/api/alerts/store")).toMatchObject({
      rule: "store-fault",
      message: expect.stringContaining("virtuoso restore FILE"),
    });
    expect(await socket.receive("new_alert")).toMatchObject({ alert: { id: "store" } });
    expect(await socket.receive("store_fault")).toMatchObject({ fault: "corrupt" });
    const metrics = await (await fetch(`${daemon.url}/metrics`)).text();
    expect(metrics).toContain("virtuoso_store_degraded 1");
    expect(metrics).toContain('virtuoso_store_faults_total{fault="corrupt"} 1');
    socket.close();
  },
  30_000,
);

/** A daemon over a database of which one page is damaged that no start reads. */
async function startOverDamaged(table: string, options: TestDaemonOptions = {}): Promise<TestDaemon> {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-damaged-"));
  const path = databasePath(join(folder, "data"));
  mkdirSync(join(folder, "data"));
  await aDatabase(path);
  damage(path, rootOf(path, table));
  return startTestDaemon({ folder, scanning: false, ticking: false, ...options });
}

const isKnownDamaged = (daemon: TestDaemon) =>
  until("the damage to be known", async () => {
    const ready = await fetch(`${daemon.url}/readyz`);
    return (
      ready.status === 503 &&
      expect(await ready.json()).toMatchObject({ status: "not-storing", code: "corrupt" }) === undefined
    );
  });

test("who resumes where past events cannot be read is answered, and the damage is known", async () => {
  await using daemon = await startOverDamaged("events");
  expect((await fetch(`${daemon.url}/readyz`)).status).toBe(200);
  const socket = await listenTo(daemon.url);
  socket.send({ type: "resume", epoch: socket.cursor.epoch, seq: 1 });
  expect(await socket.receive("resync")).toMatchObject({ epoch: socket.cursor.epoch });
  await isKnownDamaged(daemon);
  socket.close();
}, 30_000);

test("what is never read is checked soon after the start, and the damage is known", async () => {
  await using daemon = await startOverDamaged("accounts", { integrityBeginsAfterMs: 0 });
  await isKnownDamaged(daemon);
}, 60_000);

test("what is damaged stays so, whatever a probe can still write", async () => {
  using given = await openTestWriter(now);
  given.writer.lose("corrupt");
  given.writer.probe();
  expect(given.reader.meta("probed")).toBeUndefined();
  given.writer.lose("missing");
  expect(given.writer.fault).toBe("corrupt");
  expect(given.faults).toEqual(["corrupt"]);
});

test("the round in the background goes table by table, reports how far it is, and finds damage in what is never read", async () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-checked-"));
  const path = join(folder, "virtuoso.db");
  await aDatabase(path);
  const found: string[] = [];
  const check = () =>
    new IntegrityCheck({
      path,
      now: () => now,
      damaged: (table) => found.push(table),
      failed: (why) => found.push(why),
    });
  {
    using round = check();
    expect(await round.slice()).toBe(true);
    expect(round.progress).toBeGreaterThan(0);
    expect(round.progress).toBeLessThan(0.2);
    while (await round.slice());
    expect({ found, checkedAt: round.checkedAt, progress: round.progress }).toEqual({
      found: [],
      checkedAt: now,
      progress: 1,
    });
  }
  damage(path, rootOf(path, "sessions"));
  using round = check();
  while (await round.slice());
  expect({ found, checkedAt: round.checkedAt }).toEqual({ found: ["sessions"], checkedAt: null });
  rmSync(folder, { recursive: true });
}, 30_000);

test("who looks through a database says what it cannot read, and that it could not look", async () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-checked-"));
  const path = join(folder, "virtuoso.db");
  const failed: string[] = [];
  using check = new IntegrityCheck({
    path,
    now: () => now,
    damaged: () => undefined,
    failed: (why) => failed.push(why),
  });
  expect(await check.slice()).toBe(false);
  expect(failed).toEqual([expect.stringContaining("unable to open")]);
  await aDatabase(path);
  damage(path, 1);
  expect(checkTable(path, "signals")).toContain("not a database");
  // What another program holds is no damage.
  using held = new Database(join(folder, "held.db"));
  held.run("CREATE TABLE signals (seq INTEGER)");
  held.run("BEGIN EXCLUSIVE");
  expect(() => checkTable(join(folder, "held.db"), "signals")).toThrow("locked");
  rmSync(folder, { recursive: true });
});

test.each(["get", "all", "values"] as const)("whoever reads by %s, the damage it met is reported", async (way) => {
  using given = await openTestWriter(now);
  const met: unknown[] = [];
  watchReads(given.database, (error) => met.push(error));
  // It fails while it is read, as a damaged page does.
  const words = "SELECT abs(-9223372036854775807 - 1)";
  expect(() => given.database.raw.query(words)[way]()).toThrow("overflow");
  expect(() => given.database.raw.prepare(words)[way]()).toThrow("overflow");
  expect(() => given.database.db.all(sql.raw(words))).toThrow();
  expect(met.map((error) => error instanceof SQLiteError && error.message)).toEqual(
    Array.from({ length: 3 }, () => "integer overflow"),
  );
});

test("when the database takes again what it is given, the alert from memory is resolved everywhere", async () => {
  await using daemon = await startTestDaemon({ scanning: false });
  const socket = await listenTo(daemon.url);
  socket.send({ type: "resume", ...socket.cursor });
  socket.send({ type: "ping" });
  await socket.receive("pong");
  using other = new Database(databasePath(daemon.data));
  other.run("BEGIN EXCLUSIVE");
  daemon.drop("one.json", { symbol: "BTCUSDT", signal: "BUY", score: 90, timestamp: Date.now() });
  expect(await socket.receive("new_alert")).toMatchObject({
    alert: { id: "store", state: "open", message: expect.stringContaining("another program holds it") },
  });
  other.run("ROLLBACK");
  expect(await socket.receive("alert_changed")).toMatchObject({
    alert: { id: "store", state: "resolved", end_reason: "condition-over" },
  });
  expect((await daemon.get<OverviewShape>("/api/dashboard/overview")).alerts.map(({ id }) => id)).not.toContain(
    "store",
  );
  socket.close();
}, 30_000);
