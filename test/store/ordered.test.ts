import { Database as SqliteDatabase } from "bun:sqlite";
import { afterAll, beforeAll, expect, spyOn, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { localQueries } from "../../src/daemon/local-queries";
import { readCursor } from "../../src/store/cursor";
import { openForWriting, type Database } from "../../src/store/db";
import { fillStore } from "../support/full-store";

let folder: string;
let database: Database;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "virtuoso-ordered-"));
  database = openForWriting(folder, { durable: false });
  fillStore(database, 400);
  // What they are ordered by is missing in some rows, the same in many, and on either side of nothing in others.
  database.raw.run("UPDATE signals SET strength = CASE WHEN seq % 7 = 0 THEN NULL ELSE (seq * 37) % 11 END");
  database.raw.run("UPDATE decisions SET strength = CASE WHEN id % 7 = 0 THEN NULL ELSE (id * 37) % 11 + 0.25 END");
  database.raw.run(
    "UPDATE decisions SET symbol = CASE WHEN id % 4 = 0 THEN NULL ELSE 'S' || (id % 4) END, " +
      "word = CASE id % 3 WHEN 0 THEN 'cap' WHEN 1 THEN 'cooldown' ELSE word END",
  );
  database.raw.run(
    "UPDATE opportunities SET alpha_potential = CASE WHEN seq % 5 = 0 THEN NULL ELSE (seq % 13) * 0.017 - 0.1 END",
  );
});
afterAll(() => {
  database[Symbol.dispose]();
  rmSync(folder, { recursive: true, force: true });
});

const ranks = ["low", "medium", "high"];
type Row = Record<string, unknown> & { readonly id: string };
const seqOf = ({ id }: Row) => Number(id.slice(1));
const lists = [
  ["signals", "strength", (row: Row) => row["strength"]],
  ["decisions", "strength", (row: Row) => row["strength"]],
  ["decisions", "priority", (row: Row) => ranks.indexOf(String(row["priority"]))],
  ["opportunities", "potential", (row: Row) => row["alpha_potential"]],
  ["alerts", "priority", (row: Row) => ranks.indexOf(String(row["priority"]))],
] as const;

function pagesOf(name: (typeof lists)[number][0], asked: object): Row[] {
  const far = localQueries(database, "far");
  const all: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: { items: readonly unknown[]; next_cursor: string | null } = far[name]({
      limit: 23,
      cursor: cursor === null ? undefined : (readCursor(cursor) ?? undefined),
      ...asked,
    });
    all.push(...(page.items as Row[]));
    cursor = page.next_cursor;
  } while (cursor !== null && all.length < 1000);
  return all;
}

test.each(lists)("%s by %s: every row once, in order over the pages, without the value last", (name, by, valueOf) => {
  const everything = pagesOf(name, {});
  for (const order of ["desc", "asc"] as const) {
    const sign = order === "desc" ? -1 : 1;
    const expected = everything.toSorted((a, b) => {
      const [one, other] = [valueOf(a) as number | null, valueOf(b) as number | null];
      if (one === other) return sign * (seqOf(a) - seqOf(b));
      if (one === null || other === null) return one === null ? 1 : -1;
      return sign * (one - other);
    });
    expect(pagesOf(name, { by, order }).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  }
});

test("an order that an index has is read from it, without a sort; the other way round of arrival too", () => {
  const prepare = spyOn(database.raw, "prepare");
  const far = localQueries(database, "far");
  far.signals({ limit: 20, by: "observed" });
  far.signals({ limit: 20, order: "asc" });
  far.alerts({ limit: 20, order: "asc" });
  const asks = prepare.mock.calls.map(([words]) => words).filter((words) => words.includes("order by"));
  prepare.mockRestore();
  expect(asks).toHaveLength(3);
  using another = new SqliteDatabase(database.path, { readonly: true });
  for (const words of asks) {
    const plan = another
      .query<{ detail: string }, []>(`EXPLAIN QUERY PLAN ${words.replaceAll("?", "1")}`)
      .all()
      .map(({ detail }) => detail);
    expect({ words, sorts: plan.filter((step) => step.includes("TEMP B-TREE")) }).toEqual({ words, sorts: [] });
  }
});

test("what was held back comes in groups by symbol and gate: how many, the strongest, the newest", () => {
  const far = localQueries(database, "far");
  const held = pagesOf("decisions", { outcome: "held" });
  const { items, complete } = far.heldGroups({ since: 0, limit: 100 });
  expect(items.reduce((all, { count }) => all + count, 0)).toBe(held.length);
  expect([items.length, complete]).toEqual([8, true]);
  for (const { symbol, reason, count, strongest, newest } of items) {
    const own = held.filter((row) => row["symbol"] === symbol && row["word"] === reason);
    expect({ symbol, reason, count, strongest, newest: newest.id }).toEqual({
      symbol,
      reason,
      count: own.length,
      strongest: own.reduce<number | null>((most, row) => {
        const strength = row["strength"] as number | null;
        return strength === null ? most : Math.max(most ?? 0, strength);
      }, null),
      newest: own[0]?.id as string,
    });
  }
  expect(far.heldGroups({ since: 0, limit: 1 })).toMatchObject({ complete: false, items: [items[0]] });
});
