import { Database, SQLiteError } from "bun:sqlite";
import { originalOf } from "../../src/store/received";
import { expect, test } from "bun:test";
import { DamagedRow, damageOf, storeFaultOf } from "../../src/store/fault";
import { originalReports } from "../../src/store/observed";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";
import { expectReplayToAgree } from "../support/replayed";

const now = Date.parse("2026-03-02T12:00:00Z");

function report(number: number, words = 0) {
  const text = "x".repeat(words);
  const signal = signalOf({
    observedAt: now,
    signalId: `id-${number}`,
    words: [{ kind: "insight", component: null, text, severity: null }],
  });
  return reportOf({ receivedAt: now, file: `report-${number}.json`, signals: [signal] });
}

test.each([
  ["a disk that is full", "disk-full", "PRAGMA max_page_count = 1", "PRAGMA max_page_count = 4294967294"],
  ["a database that may only be read", "read-only", "PRAGMA query_only = ON", "PRAGMA query_only = OFF"],
] as const)(
  "%s: nothing is half-stored, nothing is published, and it goes on where it stopped",
  async (_what, fault, begins, ends) => {
    using given = await openTestWriter(now);
    const first = report(1);
    expect(await given.writer.submit({ observation: first, file: fileOf(first) })).toBe(true);
    const { seq } = given.storeWriter;
    const publishedBefore = given.commits.length;
    const cells = JSON.stringify([...given.storeWriter.state.entries("cooldown")]);

    given.database.raw.run(begins);
    // Large enough to need new pages.
    const group = [2, 3, 4].map((number) => report(number, 50_000));
    const stored = await Promise.all(
      group.map((each) => given.writer.submit({ observation: each, file: fileOf(each) })),
    );
    expect(stored).toEqual([false, false, false]);
    expect(given.writer.fault).toBe(fault);
    expect(given.faults).toEqual([fault]);
    expect(given.storeWriter.seq).toBe(seq);
    expect(given.commits.length).toBe(publishedBefore);
    expect(JSON.stringify([...given.storeWriter.state.entries("cooldown")])).toBe(cells);
    expect(
      given.settings.change(given.writer, { patch: { signals: { min_score: 99 } }, from: "test", who: "test" }),
    ).toBe(false);
    expect(given.settings.tunables.signals.min_score).toBe(65);
    given.writer.tick();

    given.database.raw.run(ends);
    given.writer.probe();
    expect(given.faults).toEqual([fault, null]);
    for (const each of group) expect(await given.writer.submit({ observation: each, file: fileOf(each) })).toBe(true);
    expect(given.reader.counts().signals).toBe(4);
    await expectReplayToAgree(given.data);
  },
);

test(
  "COMMIT itself fails, after everything was decided and written: memory is as it was, nothing is " +
    "published, and it goes on where it stopped",
  async () => {
    using given = await openTestWriter(now);
    const first = report(1);
    expect(await given.writer.submit({ observation: first, file: fileOf(first) })).toBe(true);
    const { seq } = given.storeWriter;
    const publishedBefore = given.commits.length;
    const kinds = ["cooldown", "cap", "open", "condition", "intake", "source"] as const;
    const cells = () => JSON.stringify(kinds.map((kind) => [...given.storeWriter.state.entries(kind)]));
    const before = cells();

    // SQLite looks for what this row belongs to when it commits, and not before.
    const mark = () => {
      given.database.raw.run("PRAGMA defer_foreign_keys = ON");
      given.database.raw.run("INSERT INTO identities (key, seq, observed_at) VALUES ('orphan', 999999, 0)");
    };
    const group = [2, 3, 4].map((number) => report(number));
    const stored = [
      ...group.map((each) => given.writer.submit({ observation: each, file: fileOf(each) })),
      given.writer.submit({ mark }),
    ];
    expect(await Promise.all(stored)).toEqual([false, false, false, false]);
    expect(given.faults).toEqual(["failed"]);
    expect(given.database.raw.inTransaction).toBe(false);
    expect(given.storeWriter.seq).toBe(seq);
    expect(cells()).toBe(before);
    expect(given.commits.length).toBe(publishedBefore);
    expect(given.reader.counts()).toMatchObject({ signals: 1, files: 1 });

    given.writer.probe();
    for (const each of group) expect(await given.writer.submit({ observation: each, file: fileOf(each) })).toBe(true);
    expect(given.reader.counts().signals).toBe(4);
    await expectReplayToAgree(given.data);
  },
);

test("a database another program holds is asked without waiting for it, and takes again once it is free", async () => {
  using given = await openTestWriter(now);
  const other = new Database(given.database.path);
  other.run("BEGIN EXCLUSIVE");
  const first = report(1);
  expect(await given.writer.submit({ observation: first, file: fileOf(first) })).toBe(false);
  expect(given.database.raw.query("PRAGMA busy_timeout").get()).toEqual({ timeout: 0 });
  given.writer.probe();
  expect(given.faults).toEqual(["locked"]);
  other.run("ROLLBACK");
  other.close();
  given.writer.probe();
  expect(given.faults).toEqual(["locked", null]);
});

test("a bug while deciding is no fault of the store: it goes on up, and nothing of its group is kept", async () => {
  using given = await openTestWriter(now);
  const broken = { kind: "report", source: "reports", file: "broken.json" } as unknown as ReturnType<typeof report>;
  const good = report(1);
  void given.writer.submit({ observation: good, file: fileOf(good) });
  void given.writer.submit({ observation: broken, file: null });
  expect(() => given.writer.flush()).toThrow(TypeError);
  expect(given.writer.fault).toBeNull();
  expect(given.reader.counts().signals).toBe(0);
});

/** As SQLite throws it, where nothing that a test can do makes it throw that. */
function sqliteError(code: string | undefined, message: string): Error {
  using database = new Database(":memory:");
  const thrown = caught(() => database.run("no SQL"));
  expect(thrown).toBeInstanceOf(SQLiteError);
  return Object.create(thrown as SQLiteError, { code: { value: code }, message: { value: message } }) as Error;
}

test.each([
  ["SQLITE_IOERR_READ", "whatever it says", "failed", "failed"],
  [undefined, "disk I/O error", "failed", "failed"],
  ["SQLITE_CORRUPT_VTAB", "whatever it says", "corrupt", "corrupt"],
  [undefined, "database disk image is malformed", "corrupt", "corrupt"],
  ["SQLITE_NOTADB", "file is not a database", "corrupt", "corrupt"],
  ["SQLITE_ERROR", "no such table: signals", "failed", null],
  ["SQLITE_FULL", "database or disk is full", "disk-full", null],
  ["SQLITE_BUSY", "database is locked", "locked", null],
  ["SQLITE_READONLY", "attempt to write a readonly database", "read-only", null],
] as const)("%p, %s: it is called %s, and of the file it says %p", (code, message, fault, damage) => {
  for (const error of [sqliteError(code, message), new Error("Failed query", { cause: sqliteError(code, message) })]) {
    expect({ fault: storeFaultOf(error), damage: damageOf(error) }).toEqual({ fault, damage });
  }
});

test("what other programs' errors say is nothing of the database", () => {
  for (const error of [new Error("disk I/O error"), "SQLITE_IOERR", null, new TypeError("malformed")])
    expect({ error, fault: storeFaultOf(error), damage: damageOf(error) }).toEqual({
      error,
      fault: null,
      damage: null,
    });
});

test(
  "a stored report whose bytes are no longer what was kept is damage, wherever it is met: by who replays " +
    "and by who shows it",
  async () => {
    using given = await openTestWriter(now);
    const whole = report(1);
    expect(
      await given.writer.submit({
        observation: whole,
        file: { ...fileOf(whole), original: Buffer.from(Bun.zstdCompressSync("{}")) },
      }),
    ).toBe(true);
    const { seq } = given.database.raw.query<{ seq: number }, []>("SELECT seq FROM reports").get() ?? { seq: 0 };
    const original = originalReports(given.database);
    expect(new TextDecoder().decode(original(seq) ?? undefined)).toBe("{}");
    given.database.raw.run("UPDATE reports SET body = substr(body, 1, length(body) - 2)");
    for (const read of [() => original(seq), () => originalOf(given.reader.database, seq)]) {
      const met = caught(read);
      expect(met).toBeInstanceOf(DamagedRow);
      expect(damageOf(met)).toBe("corrupt");
    }
  },
);

function caught(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}
