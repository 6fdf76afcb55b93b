import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import type { Audit } from "../../src/auth/audit";
import { keepAudit } from "../../src/daemon/audit";
import { auditHead, nameOfHead } from "../../src/store/audit";
import { openForWriting, type Database } from "../../src/store/db";

let folder: string;
let database: Database;
let audit: Audit;
let logged: { readonly msg: string; readonly audit: string }[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-audit-"));
  database = openForWriting(folder);
  logged = [];
  audit = keepAudit(
    database,
    pino({}, { write: (line: string) => void logged.push(JSON.parse(line) as { msg: string; audit: string }) }),
  );
});
afterEach(() => {
  database[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

function note(what: string): void {
  audit({ at: 1000, who: "ada", from: "192.0.2.1", what, subject: null, before: null, after: null });
}

const failures: readonly (readonly [string, () => void])[] = [
  [
    "is given up",
    () => {
      throw new Error("given up");
    },
  ],
  [
    "fails at its very end",
    () => {
      // SQLite looks for what this row belongs to when it commits, and not before.
      database.raw.run("PRAGMA defer_foreign_keys = ON");
      database.raw.run("INSERT INTO identities (key, seq, observed_at) VALUES ('orphan', 999999, 0)");
    },
  ],
];

test.each(failures)("a deed whose commit %s is in no log, and the next one has its place", async (_, fail) => {
  note("first");
  expect(() =>
    database.raw
      .transaction(() => {
        note("lost");
        fail();
      })
      .immediate(),
  ).toThrow();
  await Promise.resolve();
  expect(logged.map(({ msg }) => msg)).toEqual(["first"]);
  database.raw.transaction(() => note("second")).immediate();
  await Promise.resolve();
  expect(logged).toMatchObject([{ msg: "first" }, { msg: "second", audit: nameOfHead(auditHead(database)) }]);
  expect(auditHead(database).id).toBe(2);
});

test("deeds of one commit are logged after it, each with its own head, in their order", async () => {
  database.raw
    .transaction(() => {
      note("one");
      note("two");
      expect(logged).toEqual([]);
    })
    .immediate();
  await Promise.resolve();
  expect(logged).toMatchObject([
    { msg: "one", audit: expect.stringMatching(/^1:[0-9a-f]{64}$/) },
    { msg: "two", audit: nameOfHead(auditHead(database)) },
  ]);
});
