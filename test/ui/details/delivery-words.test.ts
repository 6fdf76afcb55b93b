import { expect, test } from "bun:test";
import { acceptedText, deliveryText, markOf, purposeText } from "../../../ui/details/delivery-words";

const now = Date.parse("2026-11-20T13:09:22Z");
const due = {
  state: "due",
  purpose: "raise",
  due_at: "2026-11-20T13:40:00Z",
  attempts: 0,
  last_answer: null,
  accepted_at: null,
  folded_into: null,
} as const;
const sent = { ...due, state: "sent", attempts: 1, accepted_at: "2026-11-20T13:02:00Z" } as const;

test.each([
  [sent, "accepted 13:02 UTC"],
  [{ ...sent, attempts: 3 }, "accepted 13:02 UTC, at try 3"],
  [{ ...due, due_at: "2026-11-20T13:09:20Z" }, "on its way"],
  [due, "waits, next try 13:40 UTC"],
  [
    { ...due, attempts: 1, last_answer: "503 Service Unavailable" },
    "waits, next try 13:40 UTC, after 1 try: 503 Service Unavailable",
  ],
  [{ ...due, state: "failed", attempts: 8, last_answer: "404" }, "failed after 8 tries: 404"],
  [{ ...due, state: "stale" }, "not sent: what it would have said was over"],
  [{ ...due, state: "withdrawn" }, "withdrawn before it was sent"],
  [{ ...due, state: "folded", folded_into: "n7-aaaaaaaa" }, "sent within another message"],
] as const)("how a delivery stands: %#", (delivery, words) => {
  expect(deliveryText(delivery, now)).toBe(words);
});

test("how many got it counts the alert itself alone", () => {
  expect(acceptedText([sent, due, { ...sent, purpose: "resolve" }])).toBe("1 of 2 got it");
  expect(acceptedText([])).toBe("");
  expect(purposeText({ purpose: "resolve" })).toBe("that it resolved");
});

test("only what will never arrive is bad", () => {
  expect(
    [sent, due, { state: "failed" } as const, { state: "stale" } as const].map((each) => markOf(each).tone),
  ).toEqual(["raised", "stopped", "is-bad", ""]);
});
