import { Database } from "bun:sqlite";
import { expect, spyOn, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openForWriting } from "../../src/store/db";

/**
 * The mode of the journal was asked for first: beside a program that was just closing the database the start failed
 * with "database is locked".
 */
test("before anything that may meet a lock is done, the connection waits for one", () => {
  const folder = mkdtempSync(join(tmpdir(), "virtuoso-open-"));
  const ran = spyOn(Database.prototype, "run");
  try {
    openForWriting(folder)[Symbol.dispose]();
    expect(ran.mock.calls[0]?.[0]).toMatch(/^PRAGMA busy_timeout = [1-9]\d*$/);
  } finally {
    ran.mockRestore();
    rmSync(folder, { recursive: true });
  }
});
