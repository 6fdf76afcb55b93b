import { afterEach, beforeEach, describe, expect, spyOn, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as fc from "fast-check";
import { listAlerts } from "../../src/store/alerts";
import { checkTable } from "../../src/store/check";
import { readCursor } from "../../src/store/cursor";
import { databasePath, openForReading, openForWriting, type Database } from "../../src/store/db";
import { listDecisions } from "../../src/store/decisions";
import { listOpportunities } from "../../src/store/opportunities";
import type { Page } from "../../src/store/paging";
import { newestRows, TooFar, type Reach } from "../../src/store/reach";
import { createPartition, movePartitions, partitionsOf } from "../../src/store/search-partitions";
import { listSignals } from "../../src/store/signals";
import { few, lists, SearchedStore, type Asked, type List, type Searched } from "../support/searched-store";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-search-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function namesIn({ raw }: Database): string[] {
  return partitionsOf(raw).map(({ name }) => name);
}

function listOf(database: Database, list: List, filter: Page & Asked & { q: string }, reach: Reach) {
  const { by = "received", ...page } = filter;
  if (list === "signals") return listSignals(database, { ...page, by }, reach);
  if (list === "alerts") return listAlerts(database, page, reach);
  if (list === "opportunities") return listOpportunities(database, page, reach);
  return listDecisions(database, page, reach);
}

/** Page by page, as seqs. */
function pagesOf(database: Database, list: List, q: string, limit: number, asked: Asked, reach: Reach): number[] {
  const seqs: number[] = [];
  for (let cursor: Page["cursor"]; ;) {
    const { items, nextCursor } = listOf(database, list, { limit, cursor, q, ...asked }, reach);
    expect(items.length).toBeLessThanOrEqual(limit);
    seqs.push(...items.map((row) => ("seq" in row ? row.seq : row.id)));
    if (nextCursor === null) return seqs;
    expect(items).toHaveLength(limit);
    cursor = readCursor(nextCursor) ?? undefined;
  }
}

const vocabulary = ["long", "longer", "short", "binance", "rare", "x"];
const words = fc.array(fc.constantFrom(...vocabulary), { minLength: 1, maxLength: 4 }).map((each) => each.join(" "));
const symbol = fc.constantFrom("AUSDT", "BUSDT");
const doing = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.tuple(
      fc.constant("add"),
      fc.constantFrom<Searched[]>("signals", "alerts", "opportunities"),
      fc.integer({ min: 1, max: 7 }),
      symbol,
      words,
    ),
  },
  { weight: 4, arbitrary: fc.tuple(fc.constant("revise"), fc.nat(100), words) },
  { weight: 2, arbitrary: fc.tuple(fc.constant("decide"), fc.nat(400)) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("fail"), words) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("prune"), fc.double({ min: 0, max: 0.7, noNaN: true })) },
  { weight: 1, arbitrary: fc.tuple(fc.constant("reopen")) },
);

function act(kept: SearchedStore, [what, ...given]: readonly unknown[]): void {
  if (what === "add") kept.add(...(given as Parameters<SearchedStore["add"]>));
  else if (what === "revise") kept.revise(...(given as Parameters<SearchedStore["revise"]>));
  else if (what === "decide") kept.decide((given[0] as number) % (kept.seq + 1));
  else if (what === "fail") kept.fail(given[0] as string);
  else if (what === "prune") kept.prune(given[0] as number);
  else kept.reopen();
}

test("whatever comes, changes and goes: every list finds the same as a look at every row", () => {
  fc.assert(
    fc.property(
      fc.array(doing, { minLength: 20, maxLength: 100 }),
      fc.integer({ min: 1, max: 7 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (deeds, limit, share) => {
        rmSync(folder, { recursive: true, force: true });
        using kept = new SearchedStore(folder);
        for (const deed of deeds) act(kept, deed);
        const time = Math.floor(kept.seq * 10 * share);
        for (const list of lists)
          for (const q of ["lo", "binance x", "nowhere", "%"])
            for (const asked of [
              {},
              { symbol: "AUSDT" },
              { since: time },
              { until: time },
              ...(list === "signals" ? [{ by: "strength" as const }, { by: "strength" as const, since: time }] : []),
            ]) {
              const wanted = kept.wanted(list, q, asked);
              const far = pagesOf(kept.database, list, q, limit, asked, "far");
              expect({ list, q, asked, found: far }).toEqual({ list, q, asked, found: wanted });
              expect(nearOf(() => pagesOf(kept.database, list, q, limit, asked, "near")) ?? wanted).toEqual(wanted);
            }
        // A partition lives as long as there are words in it.
        const starts = new Set([...kept.words.keys()].map((seq) => seq - (seq % few)));
        expect(namesIn(kept.database)).toEqual([...starts].toSorted((a, b) => b - a).map((from) => `search_${from}`));
      },
    ),
    { numRuns: 15 },
  );
});

/** Null: it may not look so far. */
function nearOf<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (error instanceof TooFar) return null;
    throw error;
  }
}

test("a page that is full is not searched for further back; more partitions than SQLite unites at once are no hindrance", () => {
  using kept = new SearchedStore(folder);
  kept.database.raw.run("BEGIN");
  for (let each = 0; each < 620; each++) kept.add("signals", few, "AUSDT", each % 7 === 0 ? "long rare" : "long");
  // The newest decisions are about nothing that is found: the others are looked for among all.
  for (let each = 0; each < newestRows + 100; each++) kept.decide(0);
  kept.database.raw.run("COMMIT");
  expect(namesIn(kept.database)).toHaveLength(620);
  for (const list of ["signals", "decisions"] as const)
    for (const q of ["long", "rare"])
      for (const asked of [{}, { by: "strength" as const }])
        expect(pagesOf(kept.database, list, q, 200, asked, "far")).toEqual(kept.wanted(list, q, asked));
  expect(() => listOf(kept.database, "signals", { limit: 5, q: "long" }, "near")).toThrow(TooFar);
  const prepare = spyOn(kept.database.raw, "prepare");
  expect(listOf(kept.database, "signals", { limit: 5, q: "long" }, "far").items).toHaveLength(5);
  const looks = prepare.mock.calls.map(([text]) => text).filter((text) => text.includes("MATCH"));
  prepare.mockRestore();
  expect(looks.map((text) => /search_\d+/.exec(text)?.[0])).toEqual(namesIn(kept.database).slice(0, 6));
});

describe("a partition", () => {
  test("is merged bit by bit while it is the newest, and then no more but for what went", () => {
    using kept = new SearchedStore(folder);
    const configOf = (from: number) =>
      Object.fromEntries(
        kept.database.raw.query<[string, number], []>(`SELECT k, v FROM search_${from}_config`).values() as [
          string,
          number,
        ][],
      );
    const closed = { pgsz: 1000, automerge: 0, crisismerge: 128 };
    kept.add("signals", few, "AUSDT", "long");
    expect(configOf(few)).toMatchObject({ pgsz: 1000, crisismerge: 1999 });
    expect(configOf(few)["automerge"]).toBeUndefined();
    kept.add("signals", few, "AUSDT", "long");
    kept.index.put(1, "long");
    expect([0, few].map(configOf)).toMatchObject([closed, closed]);
    expect(configOf(2 * few)).toMatchObject({ crisismerge: 1999 });
  });

  test("that is gone comes back with what is put there again; a check of the store that meets it gone finds nothing wrong", () => {
    using kept = new SearchedStore(folder);
    kept.add("signals", 1, "AUSDT", "long");
    kept.add("signals", few, "AUSDT", "long");
    kept.prune(0.5);
    expect(namesIn(kept.database)).toEqual([`search_${few}`]);
    expect(checkTable(databasePath(folder), "search_0_data")).toBeNull();
    kept.index.put(1, "short", true);
    expect(namesIn(kept.database)).toEqual([`search_${few}`, "search_0"]);
  });
});

/** The search of an earlier version as a migration leaves it. */
function leave(database: Database, seqs: readonly number[]): void {
  database.raw.run("CREATE VIRTUAL TABLE search_unpartitioned USING fts5(words)");
  for (const seq of seqs)
    database.raw.run("INSERT INTO search_unpartitioned(rowid, words) VALUES (?, ?)", [seq, `word ${seq}`]);
}
const wordsIn = ({ raw }: Database) =>
  partitionsOf(raw).map(({ name }) => raw.query(`SELECT rowid, words FROM ${name}`).values());

describe("the search of an earlier version", () => {
  test("is moved at the next opening, and until then can only be brought up to date", () => {
    const logged: string[] = [];
    {
      using database = openForWriting(folder);
      leave(database, [3, 65_536, 200_000]);
      expect(() => openForReading(folder)).toThrow("older version");
    }
    using database = openForWriting(folder, { migrating: (what) => logged.push(what) });
    expect(logged).toHaveLength(1);
    expect(wordsIn(database)).toEqual([[[200_000, "word 200000"]], [[65_536, "word 65536"]], [[3, "word 3"]]]);
    expect(database.raw.query("SELECT name FROM sqlite_schema WHERE name LIKE '%unpart%'").all()).toEqual([]);
    openForReading(folder)[Symbol.dispose]();
  });

  test("where moving it was cut off, it goes on with the next partition", () => {
    using database = openForWriting(folder);
    leave(database, [3, 9, 25]);
    createPartition(database.raw, 0);
    database.raw.run("INSERT INTO search_0(rowid, words) VALUES (3, 'moved')");
    movePartitions(database.raw, few);
    expect(wordsIn(database)).toEqual([[[25, "word 25"]], [[9, "word 9"]], [[3, "moved"]]]);
  });
});
