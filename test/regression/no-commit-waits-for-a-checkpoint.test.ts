import { expect, test } from "bun:test";
import { Checkpoints } from "../../src/daemon/checkpoints";
import { pagesToCopy } from "../../src/store/checkpoint";
import { openTestWriter } from "../support/writer";
import { until } from "../support/daemon";

const kilobytes = (n: number) => "x".repeat(n * 1024);

test("a long write-ahead log is copied into the database from another thread, and not by the commit that makes it long", async () => {
  using given = await openTestWriter(Date.parse("2026-03-02T12:00:00Z"));
  const { database, storeWriter } = given;
  const failures: string[] = [];
  using checkpoints = new Checkpoints({ database, failed: (why) => failures.push(why) }).start();
  storeWriter.remember("long", kilobytes(6000));
  // SQLite's own limit of 1000 pages is long passed, and nothing was copied on the way.
  expect(pagesToCopy(database.raw)).toBeGreaterThan(1400);
  await until("the log to be copied", () => pagesToCopy(database.raw) === 0);
  expect(checkpoints).toBeDefined();
  storeWriter.remember("long", kilobytes(6001));
  await until("it to be copied again", () => pagesToCopy(database.raw) === 0);
  expect(failures).toEqual([]);
});
