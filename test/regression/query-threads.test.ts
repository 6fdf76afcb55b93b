import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, describe, expect, spyOn, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Problem, problemResponse } from "../../src/api/problems";
import { QueryThreads, type WorkerResult, type QueryWorker } from "../../src/daemon/query-threads";
import { localQueries, type LocalQueries } from "../../src/daemon/local-queries";
import { openForWriting, type Database } from "../../src/store/db";
import { wordsByMinute } from "../../src/store/decisions";
import { latestOpportunities } from "../../src/store/opportunities";
import { TooFar } from "../../src/store/reach";
import { startTestDaemon } from "../support/daemon";
import { fillStore } from "../support/full-store";

const rows = 12_000;
let folder: string;
let database: Database;
let near: LocalQueries;
let far: LocalQueries;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-far-"));
  database = openForWriting(folder, { durable: false });
  fillStore(database, rows);
  near = localQueries(database, "near");
  far = localQueries(database, "far");
});
afterAll(() => {
  database[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Everything a list may be asked for that lies far back, or nowhere. */
const questions: readonly (readonly [keyof LocalQueries, object])[] = [
  ...(["alerts", "signals", "opportunities", "decisions"] as const).map(
    (list) => [list, { source: "nowhere", symbol: "S7USDT" }] as const,
  ),
  ["alerts", { type: "SYSTEM", state: "open" }],
  ["alerts", { min_priority: "medium", state: "acknowledged" }],
  ["alerts", { until: 1 }],
  ["alerts", { since: 9e14 }],
  ["alerts", { q: "usdt" }],
  ["signals", { direction: "exit" }],
  ["signals", { timeframe: "9h" }],
  ["signals", { min_strength: 99.9 }],
  ["signals", { decision: "late" }],
  ["signals", { by: "strength" }],
  ["signals", { by: "observed", order: "asc", source: "nowhere" }],
  ["signals", { q: "s" }],
  ["opportunities", { min_confidence: 0.999 }],
  ["opportunities", { by: "potential", order: "asc" }],
  ["alerts", { by: "priority" }],
  ["alerts", { order: "asc" }],
  ["decisions", { by: "strength", outcome: "held" }],
  ["decisions", { outcome: "held" }],
  ["decisions", { reason: "cap", source: "source-1" }],
  ["decisions", { q: "breakout" }],
  ["quarantine", { q: "no such file" }],
  ["audit", { who: "nowhere" }],
  ["alertGroups", { since: 0 }],
  ["decisionCounts", { since: 0 }],
  ["heldGroups", { since: 0 }],
  ["symbols", { since: 0, depth: 3 }],
  ["habits", { now: 8 * 86_400_000 }],
  ["counts", {}],
];

describe("what lies beyond the newest rows is not looked for on the loop", () => {
  test.each(questions)("%s %j", (name, asked) => {
    expect(() => (near[name] as (given: object) => unknown)({ limit: 50, ...asked })).toThrow(TooFar);
  });

  test("one filter with an index is answered at once, wherever its rows lie", () => {
    for (const list of ["alerts", "signals", "opportunities", "decisions"] as const) {
      expect(near[list]({ limit: 50, source: "nowhere" }).items).toEqual([]);
      expect(near[list]({ limit: 20, symbol: "S7USDT" }).items).toHaveLength(20);
    }
    expect(near.alerts({ limit: 200, state: "open" }).items).toHaveLength(100);
    expect(near.alerts({ limit: 200, type: "SYSTEM" }).items).toHaveLength(100);
    expect(near.alerts({ limit: 5, priority: "high" }).items).toHaveLength(5);
    expect(near.decisions({ limit: 5, reason: "cap" }).items).toEqual([]);
    expect(near.opportunities({ limit: 5, pattern: "nothing" }).items).toEqual([]);
  });

  test("recent events are counted by their time, however much is kept", () => {
    const prepare = spyOn(database.raw, "prepare");
    const since = (rows - 9) * 1000;
    const asked = { since, limit: 50, source: "source-1", symbol: "S491USDT" };
    near.alertGroups({ ...asked, type: "SIGNAL", priority: "high" });
    near.decisionCounts(asked);
    near.heldGroups(asked);
    expect(near.symbols({ since, limit: 50, depth: 12 }).items).toHaveLength(9);
    expect(latestOpportunities(database, since, 10)).toHaveLength(9);
    wordsByMinute(database, since, ["raised"]);
    const asks = prepare.mock.calls.map(([words]) => words).filter((words) => words.includes("group by"));
    prepare.mockRestore();
    expect(asks).toHaveLength(7);
    for (const words of asks) {
      using another = new SqliteDatabase(database.path, { readonly: true });
      const plan = another
        .query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${words.replaceAll("?", "1")}`)
        .all()
        .map(({ detail }) => detail);
      expect({
        words,
        plan: plan.filter((step) => /^SCAN|INDEX \w+_(word|source|symbol|type|priority)\b/.test(step)),
      }).toEqual({ words, plan: [] });
    }
  });

  test("the history of many symbols is read on another thread", () => {
    expect(() => near.symbols({ since: (rows - 40) * 1000, limit: 50, depth: 12 })).toThrow(TooFar);
  });

  test("what is among them is answered at once, and the same as by a far look", () => {
    for (const asked of [
      {},
      { symbol: "S7USDT" },
      { source: "source-1" },
      { min_priority: "medium" as const },
      { since: 1 },
      { until: 1e12 },
    ]) {
      expect(near.alerts({ limit: 10, ...asked })).toEqual(far.alerts({ limit: 10, ...asked }));
      expect(near.alerts({ limit: 10, ...asked }).items).toHaveLength(10);
    }
  });
});

test("every row of a far list is on exactly one of its pages, whatever drives it", () => {
  for (const asked of [
    { symbol: "S7USDT" },
    { source: "source-1" },
    { q: "S7USDT" },
    { since: 6_000_000 },
    { until: 6_000_000 },
    { since: 3_000_000, until: 6_000_000 },
    { source: "source-1", until: 6_000_000 },
    { q: "S7USDT", since: 1_000_000, until: 6_000_000 },
    { priority: "high" as const },
    { type: "SYSTEM" as const, state: "open" as const },
  ]) {
    const wanted = far.alerts({ limit: rows, ...asked }).items.map(({ id }) => id);
    const seen: string[] = [];
    let cursor: { at: number; seq: number } | undefined;
    for (;;) {
      const { items, next_cursor: next } = far.alerts({ limit: 997, cursor, ...asked });
      seen.push(...items.map(({ id }) => id));
      if (next === null) break;
      const [at, seq] = Buffer.from(next, "base64url").toString().split(".").map(Number);
      cursor = { at: at ?? 0, seq: seq ?? 0 };
    }
    expect(seen).toEqual(wanted);
    expect(new Set(seen).size).toBe(seen.length);
  }
});

describe("a list of a time long gone", () => {
  const lists = ["alerts", "signals", "opportunities", "decisions", "audit"] as const;
  const until = 1_000_000;

  test.each(lists)("%s: is begun where that time is, and not at the newest row", (list) => {
    const prepare = spyOn(database.raw, "prepare");
    const { items } = far[list]({ limit: 10, until });
    const asks = prepare.mock.calls.map(([words]) => words).slice(-2);
    prepare.mockRestore();
    expect(items).toHaveLength(10);
    using another = new SqliteDatabase(database.path, { readonly: true });
    const plans = asks.map((words) =>
      another
        .query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${words.replaceAll("?", "1")}`)
        .all()
        .map(({ detail }) => detail),
    );
    expect(plans).toEqual([
      [expect.stringMatching(/^SEARCH \w+ USING COVERING INDEX \w+ \(\w+<\?\)$/)],
      [expect.stringMatching(/^SEARCH \w+ USING INTEGER PRIMARY KEY \(rowid<\?\)$/)],
    ]);
  });

  test("what was kept while the clock was set back is in it", () => {
    database.raw.run("BEGIN");
    try {
      database.raw.run("DROP TRIGGER audit_is_not_changed");
      for (const [table, seq, time] of [
        ["alerts", "seq", "raised_at"],
        ["signals", "seq", "received_at"],
        ["opportunities", "seq", "received_at"],
        ["decisions", "id", "at"],
        ["audit", "id", "at"],
      ] as const) {
        database.raw.run(
          `UPDATE ${table} SET ${time} = ${time} % 7000000 WHERE ${seq} IN (SELECT ${seq} FROM ${table} ORDER BY ${seq} DESC LIMIT 5000)`,
        );
        const wanted = database.raw
          .query<{ seq: number }, []>(
            `SELECT ${seq} AS seq FROM ${table} WHERE ${time} >= 100000 AND ${time} < ${until} ORDER BY ${seq} DESC`,
          )
          .all();
        expect(wanted).toHaveLength(1800);
        const found = far[table]({ limit: rows, since: 100_000, until }).items.map(({ id }) =>
          Number(id.replace(/^\D+/, "")),
        );
        expect(found).toEqual(wanted.map(({ seq: each }) => each));
      }
    } finally {
      database.raw.run("ROLLBACK");
    }
  });
});

test("far looks answer on a thread of their own, as lists and as downloads", async () => {
  using queries = new QueryThreads(folder);
  const first = queries.run("alerts", { limit: 5, q: "nowhere" });
  expect(queries.isLooking).toBe(true);
  expect((await first).items).toEqual([]);
  expect(queries.isLooking).toBe(false);
  expect((await queries.run("signals", { limit: 5, by: "strength" })).items).toEqual(
    far.signals({ limit: 5, by: "strength" }).items,
  );
  const part = await queries.download("alerts", { limit: 3 }, { format: "csv", columns: ["id", "priority"] });
  expect({ rows: part.rows, lines: new TextDecoder().decode(part.bytes).split("\r\n").length }).toEqual({
    rows: 3,
    lines: 4,
  });
});

test("what takes too long is given up, and the next question is answered", async () => {
  using queries = new QueryThreads(folder, { listMs: 0, downloadPartMs: 60_000 });
  const asked = queries.run("alerts", { limit: 5, source: "nowhere" });
  expect(
    await asked.then(
      () => null,
      (error: unknown) => error,
    ),
  ).toMatchObject({ code: "too-slow" } satisfies Partial<Problem>);
  expect((await queries.download("alerts", { limit: 3 }, { format: "jsonl", columns: [] })).rows).toBe(3);
});

/** A thread that does what a test says: what was begun ends only when it closes, as a statement does. */
class Thread extends EventTarget {
  asked = 0;
  ended = false;
  postMessage(): void {
    this.asked++;
  }
  terminate(): void {
    this.ended = true;
  }
  answers(data: WorkerResult): void {
    this.dispatchEvent(new MessageEvent("message", { data }));
  }
  fails(): void {
    this.dispatchEvent(new ErrorEvent("error", { message: "out of memory" }));
  }
  closes(): void {
    this.dispatchEvent(new Event("close"));
  }
}

const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => null,
    (error: unknown) => error,
  );
const threadsOf = (budgets: { listMs: number; downloadPartMs: number }) => {
  const threads: Thread[] = [];
  const queries = new QueryThreads(
    "",
    budgets,
    () => threads[threads.push(new Thread()) - 1] as unknown as QueryWorker,
  );
  return {
    threads,
    queries,
    ask: () => queries.run("counts", {}),
    part: () => queries.download("alerts", {}, { format: "csv", columns: [] }),
  };
};

describe("a thread that was given up counts until it has closed", () => {
  test("while all are held so, whoever asks or waits is refused at once, with the time to come again", async () => {
    const { threads, ask, part } = threadsOf({ listMs: 0, downloadPartMs: 60_000 });
    const given = [failure(ask()), failure(ask())];
    const waits = failure(part());
    expect(await Promise.all(given)).toMatchObject([{ code: "too-slow" }, { code: "too-slow" }]);
    expect(threads.map(({ ended }) => ended)).toEqual([true, true]);
    const refused = await waits;
    expect(refused).toMatchObject({ code: "looks-taken" });
    expect(await failure(part())).toMatchObject({ code: "looks-taken" });
    expect(problemResponse(refused as Problem)).toMatchObject({ status: 503 });
    expect(Number(problemResponse(refused as Problem).headers.get("retry-after"))).toBeGreaterThan(0);
    expect(threads).toHaveLength(2);
    threads[0]?.closes();
    const next = part();
    expect(threads).toHaveLength(3);
    threads[2]?.answers({ answer: "a part" });
    expect((await next) as unknown).toBe("a part");
  });

  test("what fails or ends by itself gives its place back once it has closed, and only once", async () => {
    const { threads, ask } = threadsOf({ listMs: 60_000, downloadPartMs: 60_000 });
    const [failed, ended] = [failure(ask()), failure(ask())];
    threads[0]?.fails();
    threads[1]?.closes();
    expect(String(await failed)).toContain("out of memory");
    expect(String(await ended)).toContain("ended by itself");
    const [one, two] = [ask(), ask()];
    expect(threads).toHaveLength(3);
    threads[0]?.closes();
    expect(threads.map(({ asked }) => asked)).toEqual([1, 1, 1, 1]);
    for (const thread of threads.slice(2)) thread.answers({ answer: 7 });
    expect((await Promise.all([one, two])) as unknown).toEqual([7, 7]);
  });

  test("a stop does not wait for it", async () => {
    const { threads, queries, ask } = threadsOf({ listMs: 60_000, downloadPartMs: 60_000 });
    const asked = [failure(ask()), failure(ask()), failure(ask())];
    queries[Symbol.dispose]();
    expect(await Promise.all(asked)).toMatchObject([{ code: "too-slow" }, { code: "too-slow" }, { code: "too-slow" }]);
    for (const thread of threads) thread.closes();
    expect(threads.map(({ ended }) => ended)).toEqual([true, true]);
  });
});

test("a search is for the text, whatever stands in it", async () => {
  await using given = await startTestDaemon({ scanning: false });
  for (const list of ["alerts", "signals", "opportunities", "decisions", "quarantine"]) {
    for (const q of [
      "\0",
      "a\0b",
      "\u0001",
      '"',
      '""',
      "a AND",
      "NOT",
      "NEAR(a",
      "a OR *",
      "^a",
      "-a",
      "{a}:b",
      "col:a",
      "'",
      "\\",
      "%",
      "(",
      ")",
      "+",
      "\u{1F680}",
      "½",
      "a\u0000",
      "\uFFFD",
      "*",
      "a*b*",
    ]) {
      const { status } = await fetch(`${given.url}/api/${list}?q=${encodeURIComponent(q)}`);
      expect({ list, q, status }).toEqual({ list, q, status: 200 });
    }
  }
});
