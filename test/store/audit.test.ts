import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { appendAudit, auditHead, listAudit, verifyAudit } from "../../src/store/audit";
import { openForWriting, type Database } from "../../src/store/db";

let folder: string;
let database: Database;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-audit-"));
  database = openForWriting(folder);
  for (let number = 1; number <= 8; number++) note(`deed ${number}`);
});
afterEach(() => {
  database[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

function note(what: string, after: unknown = { number: what }): void {
  appendAudit(database, { at: 1000, who: "ada", from: "192.0.2.1", what, subject: null, before: null, after });
}

/** What somebody with a hand on the database could do: he is rid of the triggers first. */
function tamper(...statements: string[]): void {
  for (const statement of ["DROP TRIGGER audit_is_not_changed", "DROP TRIGGER audit_is_not_removed", ...statements])
    database.raw.run(statement);
}

test("untouched it is whole, and listed newest first", async () => {
  expect(await verifyAudit(database)).toEqual({ head: auditHead(database), breaks: [] });
  const { items, nextCursor } = listAudit(database, { limit: 3 });
  expect(items.map(({ what }) => what)).toEqual(["deed 8", "deed 7", "deed 6"]);
  expect(nextCursor).not.toBeNull();
  expect(listAudit(database, { limit: 10, what: "deed 2" }).items.map(({ id }) => id)).toEqual([2]);
});

test.each([["UPDATE audit SET who = 'eve' WHERE id = 3"], ["DELETE FROM audit WHERE id = 3"], ["DELETE FROM audit"]])(
  "the database itself refuses %s",
  async (statement) => {
    expect(() => database.raw.run(statement)).toThrow("only added to");
    expect((await verifyAudit(database)).breaks).toEqual([]);
  },
);

describe("a hand on the database shows", () => {
  const columns = [
    "at = 1001",
    "who = 'eve'",
    "from_where = '198.51.100.1'",
    "what = 'deed'",
    "subject = 'x'",
    "before = '{}'",
    "after = NULL",
    "hash = upper(hash)",
  ];
  test.each(columns)("a row with another %s", async (change) => {
    tamper(`UPDATE audit SET ${change} WHERE id = 3`);
    expect((await verifyAudit(database)).breaks[0]).toEqual({ id: 3, what: "changed" });
  });

  test("a row that was taken out", async () => {
    tamper("DELETE FROM audit WHERE id = 5");
    expect((await verifyAudit(database)).breaks).toEqual([{ id: 6, what: "missing" }]);
  });

  test("the first row taken out", async () => {
    tamper("DELETE FROM audit WHERE id = 1");
    expect((await verifyAudit(database)).breaks).toEqual([{ id: 2, what: "missing" }]);
  });

  test("rows whose places were swapped", async () => {
    tamper(
      "UPDATE audit SET id = 100 WHERE id = 3",
      "UPDATE audit SET id = 3 WHERE id = 4",
      "UPDATE audit SET id = 4 WHERE id = 100",
    );
    expect((await verifyAudit(database)).breaks.map(({ id }) => id)).toContain(3);
  });

  test("a cut tail, and one that was cut with care against a head that was noted", async () => {
    const noted = auditHead(database);
    tamper("DELETE FROM audit WHERE id > 6");
    expect((await verifyAudit(database)).breaks).toEqual([{ id: 7, what: "cut" }]);
    database.raw.run("UPDATE sqlite_sequence SET seq = 6 WHERE name = 'audit'");
    expect((await verifyAudit(database)).breaks).toEqual([]);
    expect((await verifyAudit(database, noted)).breaks).toEqual([{ id: 7, what: "cut" }]);
  });

  test("all of it written anew, against a head that was noted", async () => {
    const noted = auditHead(database);
    tamper("DELETE FROM audit", "DELETE FROM sqlite_sequence WHERE name = 'audit'");
    for (let number = 1; number <= 9; number++) note(`another deed ${number}`);
    expect((await verifyAudit(database)).breaks).toEqual([]);
    expect((await verifyAudit(database, noted)).breaks).toEqual([{ id: 8, what: "changed" }]);
  });

  test("a log that is gone", async () => {
    tamper("DELETE FROM audit");
    expect((await verifyAudit(database)).breaks).toEqual([{ id: 1, what: "cut" }]);
  });
});

test("a commit that fails takes its entry with it, and the chain goes on", async () => {
  expect(() =>
    database.raw
      .transaction(() => {
        note("never was");
        throw new Error("something else went wrong");
      })
      .immediate(),
  ).toThrow("something else");
  note("deed 9");
  expect(listAudit(database, { limit: 1 }).items[0]).toMatchObject({ id: 9, what: "deed 9" });
  expect((await verifyAudit(database)).breaks).toEqual([]);
});

test("a long one lets others on while it is gone along, and what they add meanwhile is no break", async () => {
  for (let number = 9; number <= 450; number++) note(`deed ${number}`);
  const verifying = verifyAudit(database);
  await new Promise((resume) => setImmediate(resume));
  note("deed 451");
  expect(await verifying).toEqual({ head: auditHead(database), breaks: [] });
  expect((await verifying).head.id).toBe(451);
});

test("words and values from outside are bounded", async () => {
  appendAudit(database, {
    at: 1,
    who: "x".repeat(5000),
    from: "y",
    what: "z",
    subject: "s".repeat(5000),
    before: null,
    after: { text: "v".repeat(100_000) },
  });
  const row = listAudit(database, { limit: 1 }).items[0];
  expect(row?.who.length).toBe(300);
  expect(row?.subject?.length).toBe(300);
  expect(row?.after?.length).toBeLessThan(100);
  expect((await verifyAudit(database)).breaks).toEqual([]);
});
