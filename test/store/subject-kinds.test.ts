import { expect, test } from "bun:test";
import { Database } from "bun:sqlite";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drizzle } from "drizzle-orm/bun-sqlite";
import { migrate } from "drizzle-orm/bun-sqlite/migrator";
import { databasePath, openForReading, openForWriting, StoreError } from "../../src/store/db";

/** A database of the version before what a decision is about was kept with it. */
function olderDatabase(data: string): void {
  const folder = join(data, "migrations");
  cpSync("migrations", folder, { recursive: true });
  const path = join(folder, "meta/_journal.json");
  const journal = JSON.parse(readFileSync(path, "utf8")) as { entries: unknown[] };
  writeFileSync(path, JSON.stringify({ ...journal, entries: journal.entries.slice(0, 6) }));
  using raw = new Database(databasePath(data), { create: true });
  migrate(drizzle(raw), { migrationsFolder: folder });
  const decision = (id: number, rule: string, subject: number) =>
    raw.run(
      "INSERT INTO decisions (id, observation_seq, subject_seq, rule, word, at, priority, fingerprint, " +
        "checks) VALUES (?, 1, ?, ?, 'raised', 0, 'low', '[]', '[]')",
      [id, subject, rule],
    );
  raw.run(
    "INSERT INTO signals (seq, source, path, symbol, direction, word, observed_at, dated_by, " +
      "received_at, decision, revisions, twins, body) VALUES (1, 'r', 'f', 'A', 'long', 'BUY', 0, 'body', " +
      "0, 'raised', 0, 0, '{}')",
  );
  raw.run(
    "INSERT INTO opportunities (seq, source, symbol, pattern, observed_at, received_at, decision, body) " +
      "VALUES (2, 'r', 'A', 'p', 0, 0, 'raised', '{}')",
  );
  raw.run("INSERT INTO markets (seq, source, observed_at, received_at, body) VALUES (3, 'r', 0, 0, '{}')");
  for (const [index, [rule, subject]] of (
    [
      ["strong-signal", 99],
      ["opportunity", 98],
      ["clock-offset", 1],
      ["mine", 1],
      ["mine", 2],
      ["mine", 3],
      ["mine", 77],
    ] as const
  ).entries())
    decision(index + 1, rule, subject);
  const alert = (
    seq: number,
    rule: string,
    state: string,
    ended: number | null,
    expires: number | null,
    by: number | null,
    subject: number | null,
  ) =>
    raw.run(
      "INSERT INTO alerts (seq, observation_seq, type, kind, priority, state, rule, fingerprint, " +
        "message, raised_at, ended_at, expires_at, superseded_by, subject_seq, details) VALUES (?, 1, " +
        "'SIGNAL', 'event', 'low', ?, ?, '[]', '', 0, ?, ?, ?, ?, '{}')",
      [seq, state, rule, ended, expires, by, subject],
    );
  alert(10, "strong-signal", "open", null, 5, null, 1);
  alert(11, "mine", "expired", 5, 5, null, 3);
  alert(12, "mine", "expired", 4, 5, 13, 2);
  alert(13, "strong-signal", "expired", 4, 5, null, 77);
  alert(14, "clock-offset", "resolved", 4, null, null, null);
}

test("what an older version kept is shown as well as it can be: what each decision and alert is about, and what ended it", () => {
  const data = mkdtempSync(join(tmpdir(), "virtuoso-older-"));
  try {
    olderDatabase(data);
    expect(() => openForReading(data)).toThrow(
      new StoreError(
        "older-version",
        `${databasePath(data)} was written by an older version of virtuoso: start the daemon once, which brings it up to date`,
      ),
    );
    using database = openForWriting(data);
    expect(database.raw.query("SELECT subject_kind FROM decisions ORDER BY id").values().flat()).toEqual([
      "signal",
      "opportunity",
      "observation",
      "signal",
      "opportunity",
      "market",
      null,
    ]);
    expect(database.raw.query("SELECT seq, subject_kind, end_reason FROM alerts ORDER BY seq").values()).toEqual([
      [10, "signal", null],
      [11, "market", "expired"],
      [12, "opportunity", "superseded"],
      [13, "signal", "superseded"],
      [14, null, "condition-over"],
    ]);
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});
