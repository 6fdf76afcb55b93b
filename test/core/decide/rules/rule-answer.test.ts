import { expect, test } from "bun:test";
import { endsRule, type RuleFault } from "../../../../src/core/decide/rules/rule-answer";

test.each<[RuleFault["kind"], boolean]>([
  ["threw", false],
  ["promise", false],
  ["not-an-alert", false],
  ["no-answer", true],
  ["too-slow", true],
  ["not-asked", true],
])("after %s the rule was asked of no further item: %p", (kind, ends) =>
  expect(endsRule({ kind, message: "" })).toBe(ends),
);
