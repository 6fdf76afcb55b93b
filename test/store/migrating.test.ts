import { Database } from "bun:sqlite";
import { afterEach, beforeEach, expect, spyOn, test } from "bun:test";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/bun-sqlite";
import { migrate } from "drizzle-orm/bun-sqlite/migrator";
import pino from "pino";
import { openToWrite } from "../../src/commands/client/open-to-write";
import { loadConfig } from "../../src/config";
import { startDaemon } from "../../src/daemon";
import { databasePath, openForWriting } from "../../src/store/db";
import { movePartitions, partitionsOf } from "../../src/store/search-partitions";
import type { Opportunity } from "../../src/core/opportunity";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";

let folder: string;
let data: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-earlier-"));
  data = join(folder, "data");
  mkdirSync(data);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A database as the version with so many migrations made it. */
function makeEarlier(migrations: number): void {
  const migrationsFolder = join(folder, "migrations");
  cpSync(join(import.meta.dir, "../../migrations"), migrationsFolder, { recursive: true });
  const path = join(migrationsFolder, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(path, "utf8")) as { entries: object[] };
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, migrations) }));
  using database = new Database(databasePath(data));
  database.run("PRAGMA journal_mode = WAL");
  migrate(drizzle(database), { migrationsFolder });
}

const said = /virtuoso\.db \(\d+ kB\) was written by an earlier version and is brought up to date/;

test("before a database of an earlier version is brought up to date, that and its size are said once; of a new one nothing is", () => {
  const logged: string[] = [];
  const tables = () => {
    using database = new Database(databasePath(data), { readonly: true });
    return database.query<{ n: number }, []>("SELECT count(*) AS n FROM __drizzle_migrations").get()?.n;
  };
  makeEarlier(6);
  const before: (number | undefined)[] = [];
  const migrating = (what: string) => {
    logged.push(what);
    before.push(tables());
  };
  openForWriting(data, { migrating })[Symbol.dispose]();
  expect(logged).toEqual([expect.stringMatching(said)]);
  expect(before).toEqual([6]);
  openForWriting(data, { migrating })[Symbol.dispose]();
  rmSync(data, { recursive: true });
  openForWriting(data, { migrating })[Symbol.dispose]();
  expect(logged).toHaveLength(1);
});

test("the daemon says it in its log", async () => {
  makeEarlier(6);
  const lines: string[] = [];
  const reports = join(folder, "reports");
  mkdirSync(reports);
  const config = await loadConfig({ data, reports, port: 0 }, { VIRTUOSO_AUTH: "off" });
  await using daemon = await startDaemon(config, {
    scanning: false,
    log: pino({}, { write: (line: string) => void lines.push(line) }),
  });
  expect(daemon.url).toContain("http");
  expect(lines.filter((line) => said.test(line))).toHaveLength(1);
});

test("a command that changes it says it where no data goes", async () => {
  makeEarlier(6);
  const stderr = spyOn(process.stderr, "write").mockReturnValue(true);
  try {
    using database = await openToWrite(data, "test");
    expect(database.path).toBe(databasePath(data));
    expect(stderr.mock.calls.map(([line]) => String(line)).filter((line) => said.test(line))).toHaveLength(1);
  } finally {
    stderr.mockRestore();
  }
});

test("an earlier version's rows are searched for by the same words as those written since", async () => {
  const at = Date.parse("2026-03-02T12:00:00Z");
  using given = await openTestWriter(at);
  const words = [
    { kind: "insight" as const, component: null, text: 'Grüße "quoted"', severity: null },
    { kind: "component" as const, component: "RSI", text: "overbought", severity: "high" },
  ];
  const signals = [
    signalOf({
      observedAt: at,
      symbolAsWritten: "BTC/USDT",
      signalId: "id-7",
      exchange: "binance",
      strategy: "momentum",
      timeframe: "4h",
      words,
    }),
    signalOf({ observedAt: at, symbol: "ETHUSDT", symbolAsWritten: "ETHUSDT", direction: "short", score: 20 }),
  ];
  const opportunity: Opportunity = {
    symbol: "SOLUSDT",
    pattern: "beta_expansion",
    confidence: 0.9,
    alphaPotential: 0.1,
    riskLevel: "High",
    observedAt: at,
    datedBy: "body",
    timeframes: {},
    insight: "outruns its market",
    action: null,
    expectedDuration: null,
    entryConditions: [],
    exitConditions: [],
  };
  const report = reportOf({ receivedAt: at, signals, opportunities: [opportunity] });
  await given.writer.submit({ observation: report, file: fileOf(report) });
  const { raw } = given.database;
  const searched = () =>
    partitionsOf(raw).flatMap(({ name }) =>
      raw.query<{ rowid: number; words: string }, []>(`SELECT rowid, words FROM ${name} ORDER BY rowid`).all(),
    );
  const before = searched();
  expect(before.length).toBeGreaterThan(4);
  for (const { name } of partitionsOf(raw)) raw.run(`DROP TABLE ${name}`);
  raw.run("CREATE VIRTUAL TABLE search USING fts5(words)");
  for (const migration of ["0012_search_keeps_its_words", "0014_search_partitions"]) {
    const statements = readFileSync(join(import.meta.dir, `../../migrations/${migration}.sql`), "utf8");
    for (const statement of statements.split("--> statement-breakpoint")) raw.run(statement);
  }
  movePartitions(raw);
  expect(searched()).toEqual(before);
});
