import { dayMs } from "../../src/core/duration";
import { Database as SqliteDatabase } from "bun:sqlite";
import { mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { appendAudit } from "../../src/store/audit";
import { prepareInsert } from "../../src/store/insert";
import { databasePath, openForWriting, type Database } from "../../src/store/db";
import { Reader } from "../../src/store/reader";
import * as schema from "../../src/store/schema";
import { createPartition, partitionName, partitionsOf, seqsOfPartition } from "../../src/store/search-partitions";
import { burstInto } from "./burst";
import { spawnDaemon } from "./daemon-process";
import { reportName, sampleReport } from "./sample-report";

/** What a database is filled with. */
export interface Stock {
  readonly alerts: number;
  /** When the newest of them was raised, epoch ms. */
  readonly newestAt: number;
  /** How long before that the oldest was, ms. */
  readonly spanMs: number;
  /** With what no list shows, and retention removes: observations, reports, identities and events. */
  readonly trail: boolean;
}

export interface Stocked {
  readonly bytes: number;
  /** How long each index took to be made over all of the rows, as a migration would make it. */
  readonly indexSeconds: Readonly<Record<string, number>>;
}

/** As many reports are read by a real daemon: its rows are what all others are copies of. */
const seeds = 100;
const auditEntriesMax = 100_000;

/** Fills `folder`/data, fit for a daemon to be started on. Whoever asked for a rare source finds one alert of it in the middle. */
export async function stockDatabase(folder: string, stock: Stock): Promise<Stocked> {
  await readSeeds(folder);
  const data = join(folder, "data");
  const span = putSeeds(data, stock);
  const path = databasePath(data);
  using raw = new SqliteDatabase(path, { readwrite: true });
  // Nothing of it outlives a crash, and there is no other reader: neither a log nor waiting for the disk.
  for (const pragma of ["journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -1000000"])
    raw.run(`PRAGMA ${pragma}`);
  const indexes = raw
    .query<{ name: string; sql: string }, []>(
      "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    )
    .all();
  raw.transaction(() => {
    for (const { name } of indexes) raw.run(`DROP INDEX ${name}`);
    const copies = Math.ceil(stock.alerts / seeds);
    const seq = (copies + 1) * span;
    for (const [table, changed] of Object.entries(tablesOf(stock, copies, span))) multiply(raw, table, copies, changed);
    for (const { name } of partitionsOf(raw)) raw.run(`DROP TABLE ${name}`);
    for (let from = 0; from <= seq; from += seqsOfPartition) putWords(raw, from, from + seqsOfPartition);
    raw.run(`UPDATE meta SET value = '${seq}' WHERE key = 'seq'`);
  })();
  const indexSeconds = Object.fromEntries(
    indexes.map(({ name, sql }) => {
      const startedAt = performance.now();
      raw.run(sql);
      return [name, (performance.now() - startedAt) / 1000];
    }),
  );
  raw.run("PRAGMA journal_mode = WAL");
  return { bytes: statSync(path).size, indexSeconds };
}

/** Words as the daemon makes them, near enough, and each partition as a migration leaves it. */
function putWords(raw: SqliteDatabase, from: number, next: number): void {
  createPartition(raw, from);
  const name = partitionName(from);
  for (const words of [
    "SELECT seq, message FROM alerts",
    "SELECT seq, concat_ws(char(10), symbol, direction, word, source, path) FROM signals",
    "SELECT seq, concat_ws(char(10), symbol, pattern, source) FROM opportunities",
  ])
    raw.run(`INSERT INTO ${name} (rowid, words) ${words} WHERE seq >= ${from} AND seq < ${next}`);
  raw.run(`INSERT INTO ${name} (${name}) VALUES ('optimize')`);
}

/** What no report brings; answers how many places in the order all seeds take. */
function putSeeds(data: string, stock: Stock): number {
  using database = openForWriting(data, { durable: false });
  const taken = Number(new Reader(database).meta("seq"));
  putOpportunities(database.db, stock.newestAt, taken + 1);
  putAudit(database, stock);
  return taken + 1 + seeds;
}

function putAudit(database: Database, { alerts, newestAt }: Stock): void {
  const entries = Math.min(auditEntriesMax, alerts / 10);
  database.raw.transaction(() => {
    for (let entry = 0; entry < entries; entry++) {
      appendAudit(database, {
        at: newestAt - entries + entry,
        who: `account-${entry % 20}`,
        from: "127.0.0.1",
        what: entry % 10 === 0 ? "settings.changed" : "sign-in",
        subject: null,
        before: null,
        after: { entry },
      });
    }
  })();
}

async function readSeeds(folder: string): Promise<void> {
  const stage = join(folder, "stage");
  mkdirSync(stage, { recursive: true });
  const names = Array.from({ length: seeds }, (_, index) => {
    const name = reportName(index);
    writeFileSync(join(stage, name), sampleReport(index, Date.now(), "strong"));
    return name;
  });
  // No cap holds one of them back.
  await using daemon = await spawnDaemon(
    folder,
    `export default { monitoring: { max_alerts: ${seeds}, scan_interval: 60 } };`,
  );
  await burstInto(daemon, stage, names);
  for (const name of names) rmSync(join(daemon.reports, name));
}

/** A report brings none, and no exchange is asked here. */
function putOpportunities(db: Parameters<typeof prepareInsert>[0], at: number, from: number): void {
  const put = prepareInsert(db, schema.opportunities);
  for (let index = 0; index < seeds; index++) {
    const patterns = ["beta_expansion", "correlation_breakdown", "relative_strength"] as const;
    put({
      seq: from + index,
      source: "alpha",
      symbol: `B${index}USDT`,
      pattern: patterns[index % 3] ?? patterns[0],
      confidence: 0.5,
      alphaPotential: 0.01,
      riskLevel: "Medium",
      observedAt: at,
      receivedAt: at,
      decision: "raised",
      body: "{}",
    });
  }
}

type Changed = Readonly<Record<string, string>>;

/**
 * What differs from copy to copy, as SQL over a seed's columns, `k` (which copy, from 1), `place` (which seed, from 1)
 * and `n` (any number, the same at every run).
 */
function tablesOf({ newestAt, spanMs, trail }: Stock, copies: number, span: number): Record<string, Changed> {
  const at = `${newestAt} - CAST((${copies} - k) * ${spanMs / copies} AS INTEGER)`;
  const seq = `seq + k * ${span}`;
  const source =
    `CASE WHEN k = ${Math.ceil(copies / 2)} AND place = 7 THEN 'rare' ELSE ` +
    `${oneOf("breakout", "orderflow", "scalper", "swing", "webhook")} END`;
  const subject = { observation_seq: `observation_seq + k * ${span}`, subject_seq: `subject_seq + k * ${span}` };
  const decision =
    "CASE WHEN n % 10 < 4 THEN 'raised' WHEN n % 10 < 6 THEN 'cooldown' WHEN n % 997 = 0 THEN 'unreliable' " +
    "ELSE 'below-threshold' END";
  const path = "k || '-' || path";
  return {
    signals: {
      seq,
      source,
      path,
      direction: oneOf("long", "short", "neutral"),
      score: "n % 10000 / 100.0",
      strength: "n % 10000 / 100.0",
      reliability: "n % 100 / 100.0",
      timeframe: oneOf("1h", "4h", "1d"),
      observed_at: `${at} - n % 60000`,
      received_at: at,
      decision,
    },
    opportunities: { seq, confidence: "n % 1000 / 1000.0", observed_at: `${at} - n % 60000`, received_at: at },
    decisions: { id: `id + k * ${span}`, ...subject, alert_seq: `alert_seq + k * ${span}`, word: decision, at, source },
    alerts: {
      seq,
      ...subject,
      type: "CASE WHEN n % 101 = 0 THEN 'SYSTEM' WHEN n % 10 = 3 THEN 'ALPHA' ELSE 'SIGNAL' END",
      priority: oneOf("low", "medium", "high"),
      state:
        `CASE WHEN k > ${copies} - 2 THEN 'open' WHEN k = ${copies} - 2 THEN 'acknowledged' WHEN n % 9 = 0 ` +
        "THEN 'resolved' ELSE 'expired' END",
      fingerprint: "fingerprint || (n % 50)",
      source,
      raised_at: at,
      expires_at: `${at} + ${dayMs}`,
      ended_at: `CASE WHEN k > ${copies} - 3 THEN NULL ELSE ${at} + ${dayMs} END`,
    },
    // Of a source that is no more: what is gone from a watched folder is looked through at every start.
    files: { source: "'archive'", path, seq, read_at: at, gone_at: at },
    ...(trail && {
      observations: { seq, received_at: at },
      reports: { seq, received_at: at },
      identities: { key: "k || key", seq, observed_at: at },
      events: { seq, at },
    }),
  };
}

function oneOf(...words: readonly string[]): string {
  return `CASE n % ${words.length} ${words.map((word, index) => `WHEN ${index} THEN '${word}'`).join(" ")} END`;
}

/** Puts so many copies of all rows of a table in their place. */
function multiply(raw: SqliteDatabase, table: string, copies: number, changed: Changed): void {
  const columns = raw
    .query<{ name: string }, []>(`SELECT name FROM pragma_table_info('${table}')`)
    .all()
    .map(({ name }) => name);
  raw.run(`CREATE TEMP TABLE seed AS SELECT *, row_number() OVER () AS place FROM ${table}`);
  raw.run(`DELETE FROM ${table}`);
  raw.run(
    `WITH RECURSIVE copy (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM copy WHERE k < ${copies})
     INSERT INTO ${table} (${columns.join(", ")})
     SELECT ${columns.map((column) => `${changed[column] ?? column} AS ${column}`).join(", ")}
     FROM (SELECT k, seed.*, (k * 7919 + place * 104729) % 1000003 AS n FROM copy CROSS JOIN seed)`,
  );
  raw.run("DROP TABLE seed");
}
