import { expect, test } from "bun:test";
import { dayMs } from "../../../src/core/duration";
import { outcomeOf } from "../../../src/notify/channels/outcome";

function answer(status: number, retryAfterMs: number | null = null) {
  return { status, headers: new Headers(), text: "a body with a secret", retryAfterMs };
}

test.each([
  [200, null, "accepted", undefined, undefined],
  [201, null, "accepted", undefined, undefined],
  [202, 5000, "accepted", undefined, undefined],
  [204, null, "accepted", undefined, undefined],
  [301, null, "broken", undefined, undefined],
  [304, null, "broken", undefined, undefined],
  [308, 5000, "broken", undefined, undefined],
  [400, null, "refused", undefined, undefined],
  [400, 5000, "refused", undefined, undefined],
  [401, null, "broken", undefined, undefined],
  [403, null, "broken", undefined, undefined],
  [404, null, "broken", undefined, undefined],
  [405, null, "broken", undefined, undefined],
  [407, null, "broken", undefined, undefined],
  [408, null, "again", undefined, false],
  [409, null, "refused", undefined, undefined],
  [410, null, "broken", undefined, undefined],
  [413, null, "refused", undefined, undefined],
  [422, null, "refused", undefined, undefined],
  [425, null, "again", undefined, false],
  [429, null, "pause", null, false],
  [429, 5000, "pause", 5000, false],
  [429, 0, "pause", 1000, false],
  [429, 1000 * dayMs, "pause", dayMs, false],
  [500, null, "again", undefined, true],
  [500, 5000, "pause", 5000, true],
  [501, null, "again", undefined, true],
  [502, null, "pause", null, true],
  [502, 5000, "pause", 5000, true],
  [503, null, "again", undefined, false],
  [503, 5000, "pause", 5000, false],
  [504, null, "pause", null, true],
  [504, 5000, "pause", 5000, true],
  [507, null, "again", undefined, true],
  [999, null, "again", undefined, true],
] as const)("HTTP %i, Retry-After %p: %s", (status, retryAfterMs, outcome, forMs, mayHaveArrived) => {
  const given = outcomeOf(answer(status, retryAfterMs));
  expect(given).toMatchObject({ outcome });
  expect("forMs" in given ? given.forMs : undefined).toBe(forMs);
  expect("mayHaveArrived" in given ? given.mayHaveArrived : undefined).toBe(mayHaveArrived);
  expect(given.answer).toStartWith(`HTTP ${status}`);
  expect(given.answer).not.toContain("secret");
  expect("advice" in given).toBe(outcome === "broken");
});

test.each([
  ["ECONNREFUSED", "nothing listens at its address (ECONNREFUSED)", false],
  ["ENOTFOUND", "its name is not known (ENOTFOUND)", false],
  ["TimeoutError", "no answer in time (TimeoutError)", true],
  ["EVERYTHING_ELSE", "EVERYTHING_ELSE", true],
])("%s is tried again", (code, said, mayHaveArrived) => {
  expect(outcomeOf({ code, permanent: false, mayHaveArrived })).toEqual({
    outcome: "again",
    answer: said,
    mayHaveArrived,
  });
});

test("without a trusted connection the channel is broken", () => {
  expect(outcomeOf({ code: "CERT_HAS_EXPIRED", permanent: true, mayHaveArrived: false })).toMatchObject({
    outcome: "broken",
    answer: "its certificate has expired (CERT_HAS_EXPIRED)",
  });
});
