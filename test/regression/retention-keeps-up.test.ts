import { Database as SqliteDatabase } from "bun:sqlite";
import { expect, spyOn, test } from "bun:test";
import type { Retention } from "../../src/config";
import { RetentionKeeper } from "../../src/daemon/retention";
import type { Database } from "../../src/store/db";
import { partitionsOf } from "../../src/store/search-partitions";
import { fileOf, openTestWriter } from "../support/writer";
import { reportOf, signalOf } from "../support/observations";

const day = 86_400_000;
const now = Date.parse("2026-03-02T12:00:00Z");
const reports = 600;

/** Says a millisecond later each time it is asked: how much a step may do is counted, whatever the machine. */
function tickingClock(): () => number {
  let at = 0;
  return () => at++;
}

test(
  "a step of retention takes its time and no more, each kind has its turn, its debt is known, and rows of " +
    "a clock that was ahead hold up none",
  async () => {
    using given = await openTestWriter(now);
    const { writer, storeWriter, database, reader } = given;
    const put = (number: number, at: number) => {
      const report = reportOf({
        receivedAt: at,
        file: `${number}.json`,
        signals: [signalOf({ observedAt: at, signalId: `${number}` })],
      });
      return writer.submit({ observation: report, file: fileOf(report) });
    };
    await put(0, now + 500 * day);
    given.setNow(now - 400 * day);
    await Promise.all(Array.from({ length: reports }, (_, n) => put(n + 1, now - 400 * day + n)));
    const prepare = spyOn(database.raw, "prepare");
    const limits: Retention = {
      signals: 90 * day,
      raw: 30 * day,
      decisions: 30 * day,
      events: 7 * day,
      alerts: null,
      deliveries: 90 * day,
    };
    let kept: Retention = limits;
    let removed = new Map<string, number>();
    using keeper = new RetentionKeeper({
      writer,
      storeWriter,
      database,
      reader,
      now: () => now,
      elapsed: tickingClock(),
      kept: () => kept,
      stepped: () => undefined,
      removed: (kind, rows) => removed.set(kind, rows),
      doubted: () => undefined,
    });
    const looks = prepare.mock.calls.map(([words]) => words).filter((words) => /^(DELETE|SELECT)/.test(words));
    prepare.mockRestore();
    expect(looks.length).toBeGreaterThan(15);
    // What is due is found where it lies, without a look at what is not and without sorting.
    for (const words of looks)
      expect({
        words,
        plan: planOf(database, words).filter((step) => /^SCAN (?!.* (?:USING |INDEX 0:=))|TEMP B-TREE/.test(step)),
      }).toEqual({ words, plan: [] });

    expect(keeper.confirm(() => undefined)).toBe(true);
    expect(keeper.debtSeconds()).toMatchObject({ signals: (310 * day) / 1000, events: (393 * day) / 1000 });
    expect(keeper.debtSeconds().alerts).toBeUndefined();
    const steps: Map<string, number>[] = [];
    const step = () => {
      removed = new Map();
      const { more } = keeper.step();
      steps.push(removed);
      return more;
    };
    // Where but one kind is due, it has every look of the step.
    kept = { signals: null, raw: null, decisions: null, events: 7 * day, alerts: null, deliveries: null };
    expect({ more: step(), removed }).toEqual({ more: true, removed: new Map([["events", 100]]) });
    kept = limits;
    const before = rowsIn(database);
    step();
    // Five tables have rows that are due, and a step has four looks: in five steps each has had four.
    expect(
      rowsIn(database)
        .map((rows, index) => (before[index] ?? 0) - rows)
        .toSorted((a, b) => a - b),
    ).toEqual([0, 25, 25, 25, 25]);
    for (let n = 1; n < 5; n++) step();
    expect(rowsIn(database)).toEqual(before.map((rows) => rows - 100));
    while (step());
    expect(steps.reduce((sum, step) => sum + rowsOf(step), 0)).toBeGreaterThanOrEqual(5 * reports);
    // 5 ms by this clock are five looks of 25 rows: never more, and while anything is due never less than four.
    expect(Math.max(...steps.map(rowsOf))).toBeLessThanOrEqual(125);
    expect(
      steps
        .slice(0, 20)
        .map(rowsOf)
        .filter((rows) => rows < 100),
    ).toEqual([]);
    expect(keeper.debtSeconds()).toEqual({ signals: 0, raw: 0, decisions: 0, events: 0, deliveries: 0 });
    expect(reader.counts()).toMatchObject({ signals: 1, decisions: 1 });
    // Every word of what went has left the search.
    expect(partitionsOf(database.raw)).toHaveLength(1);
    database.raw.run("INSERT INTO search_0(search_0, rank) VALUES('integrity-check', 1)");
    expect(database.raw.query("SELECT count(*) AS n FROM search_0").get()).toEqual(
      database.raw.query("SELECT (SELECT count(*) FROM signals) + (SELECT count(*) FROM alerts) AS n").get(),
    );
    expect(database.raw.query("PRAGMA synchronous").get()).toEqual({ synchronous: 2 });
  },
);

test("a step removes no more of what can be searched than its commit can write, and nothing while the log is copied", async () => {
  using given = await openTestWriter(now - 400 * day);
  const { writer, storeWriter, database, reader } = given;
  const reported = Array.from({ length: 400 }, (_, n) =>
    reportOf({
      receivedAt: now - 400 * day + n,
      file: `${n}.json`,
      signals: [signalOf({ observedAt: now - 400 * day, signalId: `${n}` })],
    }),
  );
  await Promise.all(reported.map((report) => writer.submit({ observation: report, file: fileOf(report) })));
  let copying = true;
  using keeper = new RetentionKeeper({
    writer,
    storeWriter,
    database,
    reader,
    waits: () => copying,
    now: () => now,
    elapsed: () => 0,
    kept: () => ({ signals: 90 * day, raw: null, decisions: null, events: null, alerts: null, deliveries: null }),
    stepped: () => undefined,
    removed: () => undefined,
    doubted: () => undefined,
  });
  expect(keeper.confirm(() => undefined)).toBe(true);
  const before = rowsIn(database)[3] ?? 0;
  expect(keeper.step().more).toBe(true);
  expect(rowsIn(database)[3]).toBe(before);
  copying = false;
  keeper.step();
  expect(before - (rowsIn(database)[3] ?? 0)).toBe(150);
});

function rowsOf(step: Map<string, number>): number {
  return [...step.values()].reduce((sum, rows) => sum + rows, 0);
}

function rowsIn({ raw }: Database): number[] {
  return ["events", "decisions", "reports", "signals", "observations"].map(
    (table) => raw.query<{ n: number }, []>(`SELECT count(*) AS n FROM ${table}`).get()?.n ?? 0,
  );
}

function planOf({ path }: Database, words: string): string[] {
  using another = new SqliteDatabase(path, { readonly: true });
  return another
    .query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${words.replaceAll("?", "1")}`)
    .all()
    .map(({ detail }) => detail);
}
