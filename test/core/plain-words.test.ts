import { expect, test } from "bun:test";
import { z } from "zod";
import { inPlainWords, plainIssues } from "../../src/core/plain-words";

const issues = (schema: z.ZodType, value: unknown) =>
  plainIssues(schema.safeParse(value, inPlainWords).error ?? new z.ZodError([])).map(
    ({ path, message }) => `${path}: ${message}`,
  );

test.each<[z.ZodType, unknown, string]>([
  [z.number(), "70", '(root): expected a number, got "70"'],
  [z.number(), undefined, "(root): expected a number, got nothing"],
  [z.number().int(), 1.5, "(root): expected a whole number, got 1.5"],
  [z.number().min(1), 0, "(root): expected 1 or more, got 0"],
  [z.number().max(100), 500, "(root): expected 100 at most, got 500"],
  [z.number().gt(0), 0, "(root): expected more than 0, got 0"],
  [z.number().multipleOf(5), 7, "(root): expected a multiple of 5, got 7"],
  [z.string().min(1), "", '(root): expected text that is not empty, got ""'],
  [z.string().max(3), "four", '(root): expected 3 characters at most, got "four"'],
  [z.array(z.number()).min(1), [], "(root): expected one entry at least, got a list"],
  [z.boolean(), null, "(root): expected true or false, got null"],
  [z.enum(["low", "medium", "high"]), "urgent", '(root): expected low, medium or high, got "urgent"'],
  [z.literal("reports"), "report", '(root): expected reports, got "report"'],
  [z.iso.datetime(), "noon", '(root): expected a time such as 2026-01-31T08:00:00Z, got "noon"'],
  [z.url(), "here", '(root): expected an address such as https://desk.example.org, got "here"'],
  [z.union([z.string(), z.number()]), true, "(root): expected text or a number, got true"],
  [
    z.discriminatedUnion("kind", [z.object({ kind: z.literal("a") }), z.object({ kind: z.literal("b") })]),
    { kind: "c" },
    'kind: expected a or b, got "c"',
  ],
  [z.strictObject({ a: z.number() }), { a: 1, b: 2 }, "(root): there is no such field: b"],
  [z.object({ deep: z.strictObject({}) }), { deep: { x: 1 } }, "deep: there is no such field: x"],
  [z.object({ list: z.array(z.number()) }), { list: [1, "2"] }, 'list[1]: expected a number, got "2"'],
  [z.string().regex(/^\d+$/, "expected digits"), "x", "(root): expected digits"],
  [
    z.object({ password: z.string().max(3) }),
    { password: "a lamp over water" },
    "password: expected 3 characters at most",
  ],
])("%#", (schema, value, message) => {
  expect(issues(schema, value)).toEqual([message]);
});

test("long input is cut, and what is an object is only called one", () => {
  expect(issues(z.number(), "x".repeat(500))[0]?.length).toBeLessThan(120);
  expect(issues(z.string(), { a: { secret: "s" } })).toEqual(["(root): expected text, got an object"]);
});
