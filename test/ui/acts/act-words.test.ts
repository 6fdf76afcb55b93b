import { expect, test } from "bun:test";
import { actWords, standingWords, timeText } from "../../../ui/acts/act-words";

const now = Date.parse("2026-11-20T13:09:22Z");
const raised = { kind: "event", state: "open", timestamp: "2026-11-20T12:00:01.204Z", acknowledged: null } as const;
const acknowledged = { by: "mira", at: "2026-11-20T13:02:00Z", until: "2026-11-20T17:02:00Z", note: null };

test.each([
  [raised, "Open for 1 h, no one has it."],
  [{ ...raised, kind: "state" }, "Firing for 1 h, no one has it."],
  [{ ...raised, state: "acknowledged", acknowledged }, "mira has it since 13:02 UTC, until 17:02 UTC."],
  [{ ...raised, state: "resolved", acknowledged }, "It has ended: resolved."],
  [{ ...raised, timestamp: "2026-11-20T13:09:23Z" }, "Open for 0 s, no one has it."],
] as const)("how an alert stands: %#", (alert, words) => {
  expect(standingWords(alert, now)).toBe(words);
});

const act = { at: "2026-11-20T13:02:00Z", by: "mira", note: null, value: null, until: null };
test.each([
  [{ ...act, act: "acknowledge", until: "2026-11-22T09:00:00Z" }, "acknowledged it, until 22 Nov 09:00 UTC"],
  [{ ...act, act: "acknowledge" }, "acknowledged it"],
  [{ ...act, act: "unacknowledge" }, "gave it back"],
  [{ ...act, act: "resolve" }, "resolved it"],
  [{ ...act, act: "feedback", value: "late" }, "said: too late"],
  [{ ...act, act: "note" }, "noted"],
] as const)("what someone did: %#", (done, words) => {
  expect(actWords(done, now)).toBe(words);
});

test("a moment of another day has its date", () => {
  expect(timeText(now + 11 * 3_600_000, now)).toBe("00:09 UTC");
  expect(timeText(now - 13 * 3_600_000, now)).toBe("20 Nov 00:09 UTC");
});
