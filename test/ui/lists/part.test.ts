import { expect, test } from "bun:test";
import { waitingIn, withNext, withoutWaiting, withRow, withTop, withWaiting, type Part } from "../../../ui/lists/part";

interface Row {
  readonly id: string;
  readonly state?: string;
}
const keyOf = ({ id }: Row) => id;
const rows = (ids: string): Row[] => ids.split("").map((id) => ({ id }));
const part = (ids: string, next_cursor: string | null = null): Part<Row> => ({ items: rows(ids), next_cursor });
const shown = ({ items }: Part<Row>) => items.map(keyOf).join("");

test("the newest page is laid over the list, and the rest goes on where they meet", () => {
  const laid = withTop(part("dcba", "older"), part("fed", "c"), keyOf);
  expect([shown(laid), laid.next_cursor]).toEqual(["fedcba", "older"]);
});

test("where too much came in between, the newest page starts the list over", () => {
  const laid = withTop(part("cba", "older"), part("zyx", "w"), keyOf);
  expect([shown(laid), laid.next_cursor]).toEqual(["zyx", "w"]);
});

test("while someone reads, no row moves: new ones wait and are counted, known ones change in their places", () => {
  const top = { items: [...rows("fe"), { id: "d", state: "resolved" }, ...rows("c")], next_cursor: "b" };
  const held = withWaiting(part("dcba", "older"), top, keyOf);
  expect([shown(held), waitingIn(held, keyOf), held.items[0]?.state]).toEqual(["dcba", "2", "resolved"]);
  const read = withNext(held, part("98", null), keyOf);
  expect([shown(read), waitingIn(read, keyOf), read.next_cursor]).toEqual(["dcba98", "2", null]);
  const released = withoutWaiting(read, keyOf);
  expect([shown(released), waitingIn(released, keyOf), released.next_cursor]).toEqual(["fedcba98", null, null]);
});

test("a whole page of new rows is more than can be counted, and the list read so far still goes on", () => {
  const held = withWaiting(part("cba", "older"), part("zyx", "w"), keyOf);
  expect([waitingIn(held, keyOf), held.next_cursor]).toEqual(["3+", "older"]);
  expect(shown(withoutWaiting(held, keyOf))).toBe("zyx");
});

test("nothing waits where the newest page brings nothing", () => {
  expect(waitingIn(withWaiting(part("cba"), part("cba"), keyOf), keyOf)).toBeNull();
  expect(waitingIn(part("cba"), keyOf)).toBeNull();
});

test("a row changes where it is, and the same list is left where it is none of it", () => {
  const list = part("cba");
  expect(withRow(list, { id: "b", state: "over" }, keyOf).items[1]?.state).toBe("over");
  expect(withRow(list, { id: "x" }, keyOf)).toBe(list);
});
