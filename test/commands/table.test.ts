import { expect, test } from "bun:test";
import { cut, Table } from "../../src/commands/print/table";

const paint = (text: string) => text;

test("wide characters count for the columns they take", () => {
  const table = new Table<string[]>(
    [
      { head: "A", text: ([a = ""]) => a },
      { head: "B", text: ([, b = ""]) => b },
    ],
    [
      ["日本語", "x"],
      ["👍🏽", "y"],
      ["abc", "z"],
    ],
    paint,
    null,
  );
  expect(
    [
      ["日本語", "x"],
      ["👍🏽", "y"],
      ["abc", "z"],
    ].map((row) => table.row(row)),
  ).toEqual(["日本語  x", "👍🏽      y", "abc     z"]);
});

test("the last column that may give way does so first", () => {
  const columns = [
    { head: "NAME", text: ([a = ""]: string[]) => a, widthMin: 4 },
    { head: "WORDS", text: ([, b = ""]: string[]) => b, widthMin: 5 },
  ];
  const row = ["abcdefgh", "one two three four"];
  expect(new Table(columns, [row], paint, 20).row(row)).toBe("abcdefgh  one two t…");
  expect(new Table(columns, [row], paint, 12).row(row)).toBe("abcd…  one …");
});

test("columns leave, what matters least first, before the rest is cut to nothing", () => {
  const columns = [
    { head: "NAME", text: ([a = ""]: string[]) => a },
    { head: "SOURCE", text: ([, b = ""]: string[]) => b, leaves: 1 },
    { head: "WORDS", text: ([, , c = ""]: string[]) => c, widthMin: 8 },
  ];
  const row = ["abcd", "reports", "one two three four"];
  expect(new Table(columns, [row], paint, 23).row(row)).toBe("abcd  reports  one two…");
  expect(new Table(columns, [row], paint, 22).row(row)).toBe("abcd  one two three f…");
});

test("a cut never ends beyond the edge", () => {
  for (const text of ["日本語日本語", "abcdef", "a日b本c語", "👍🏽👍🏽👍🏽", "🫨🫨🫨🫨", "🇩🇪🏳️‍🌈☀️"]) {
    for (let max = 1; max < 8; max++) expect(Bun.stringWidth(cut(text, max))).toBeLessThanOrEqual(max);
  }
});

test("a row to come may widen the table", () => {
  const table = new Table<string>(
    [
      { head: "A", text: (item) => item },
      { head: "B", text: () => "b" },
    ],
    [],
    paint,
    null,
  );
  expect([table.row("x"), table.row("xyz"), table.row("x")]).toEqual(["x  b", "xyz  b", "x    b"]);
});
