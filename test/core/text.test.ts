import { expect, test } from "bun:test";
import { formatClause } from "../../src/core/text";

test.each([
  ["It answered 500. It is left alone for 45 s more.", "it answered 500; it is left alone for 45 s more"],
  ["it answered without any candle", "it answered without any candle"],
  ["TLS failed at 10.5 s.", "TLS failed at 10.5 s"],
  ["ECONNREFUSED", "ECONNREFUSED"],
  ["", ""],
])("%j at the end of a sentence is %j", (sentences, clause) => {
  expect(formatClause(sentences)).toBe(clause);
});
