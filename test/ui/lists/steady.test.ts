import { expect, test } from "bun:test";
import { inOrder, nextSort } from "../../../ui/lists/sort";
import { waitingFor, withChanges } from "../../../ui/lists/steady";

interface Row {
  readonly id: string;
  readonly score?: number | null;
}
const keyOf = ({ id }: Row) => id;
const ids = (rows: readonly Row[]) => rows.map(keyOf).join("");

test("rows that are read stay where they are, as they are by now, even where the list has dropped them", () => {
  const latest: Row[] = [{ id: "e" }, { id: "c", score: 2 }, { id: "d" }];
  const shown = withChanges([{ id: "c" }, { id: "b" }, { id: "d" }], latest, keyOf);
  expect(ids(shown)).toBe("cbd");
  expect(shown[0]).toBe(latest[1] as Row);
  expect(waitingFor(shown, latest, keyOf)).toBe(1);
});

const rows: Row[] = [
  { id: "a", score: 2 },
  { id: "b", score: null },
  { id: "c", score: 9 },
];
const score = (row: Row) => row.score ?? null;

test.each([
  ["strength", "desc", "cab"],
  ["strength", "asc", "acb"],
] as const)("by %s %s; without the value a row is last", (by, order, expected) => {
  expect(ids(inOrder(rows, score, { by, order }))).toBe(expected);
});

test("by age a list is as it came, newest first, or the other way round", () => {
  expect(ids(inOrder(rows, undefined, { by: "age", order: "asc" }))).toBe("abc");
  expect(ids(inOrder(rows, undefined, { by: "age", order: "desc" }))).toBe("cba");
});

test("a head that is pressed goes by its column, pressed again the other way", () => {
  const strength = { by: "strength", first: "desc" } as const;
  const first = nextSort(strength, { by: "age", order: "asc" });
  expect(first).toEqual({ by: "strength", order: "desc" });
  expect(nextSort(strength, first)).toEqual({ by: "strength", order: "asc" });
});
