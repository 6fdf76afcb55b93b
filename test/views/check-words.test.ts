import { expect, test } from "bun:test";
import { type Check, gates, verdicts } from "../../src/core/decide/decision";
import { describeCheck, noteBeside } from "../../src/views/check-words";

const cases: readonly (readonly [Check["word"], boolean, Check["value"], Check["limit"], Check["note"], string])[] = [
  ["duplicate", true, null, null, "not seen before", "new: not seen before"],
  ["duplicate", false, null, null, "the same signal as s7", "seen before: the same signal as s7"],
  [
    "duplicate",
    false,
    "low",
    "medium",
    "s7 reported differently, already alerted at medium",
    "seen before: s7 reported differently, already alerted at medium",
  ],
  ["late", true, "12 s", "15 min", null, "fresh: 12 s old, limit 15 min"],
  ["late", false, "22 min", "15 min", null, "late: 22 min old, limit 15 min"],
  [
    "late",
    false,
    "3 min",
    null,
    "it had expired when it was read",
    "late: it had expired when it was read, 3 min before",
  ],
  ["late", true, null, null, "it carries no time of its own", "age not known: it carries no time of its own"],
  ["undated", true, "body", null, null, "dated: the report gives its time"],
  ["undated", false, null, null, "found by a first look", "undated: found by a first look"],
  ["unscored", true, 72.2, null, null, "scored: score 72.2"],
  ["unscored", true, 0.9999984278918129, null, null, "scored: score 1.0"],
  ["unscored", false, null, null, "the report gives no score", "no score: the report gives no score"],
  ["below-threshold", true, 72.25, 65, "strength against min_score", "good enough: strength 72.3, threshold 65"],
  ["below-threshold", false, 51, 65, "strength against min_score", "below the threshold: strength 51, threshold 65"],
  ["below-threshold", false, null, 65, "strength against min_score", "below the threshold: strength not known"],
  [
    "below-threshold",
    false,
    0,
    65,
    "a neutral signal never raises an alert",
    "below the threshold: a neutral signal never raises an alert",
  ],
  [
    "below-threshold",
    true,
    "89.2 %",
    "75.0 %",
    "confidence against confidence_threshold",
    "confident enough: confidence 89.2 %, threshold 75.0 %",
  ],
  ["below-threshold", false, "High", "Medium", "risk against risk_level", "risk too high: risk high, at most medium"],
  [
    "unreliable",
    true,
    null,
    "75.0 %",
    "the report gives no reliability",
    "reliability not known: the report gives no reliability",
  ],
  [
    "unreliable",
    false,
    "40.0 %",
    "75.0 %",
    "reliability against min_reliability",
    "not reliable enough: 40.0 %, at least 75.0 %",
  ],
  [
    "inhibited",
    false,
    "source-unreachable",
    "source-unreachable",
    "explained by source-unreachable",
    "explained by another alert: source unreachable",
  ],
  ["silenced", true, null, null, "no silence matches", "not silenced: no silence matches"],
  [
    "silenced",
    false,
    "2026-01-01T00:00:00.000Z",
    null,
    "until then: holidays",
    "silenced: until 2026-01-01 00:00 UTC: holidays",
  ],
  [
    "cooldown",
    true,
    "15 h 31 min",
    "1 h",
    null,
    "no repeat: the last similar alert was 15 h 31 min before; the cooldown is 1 h",
  ],
  ["cooldown", false, "0 s", "1 h", null, "in cooldown: a similar alert just before; the cooldown is 1 h"],
  ["cooldown", true, null, "1 h", null, "no repeat: no similar alert before; the cooldown is 1 h"],
  [
    "cooldown",
    false,
    "12 min",
    "1 h",
    "medium raised 12 min before",
    "in cooldown: a similar alert 12 min before; the cooldown is 1 h",
  ],
  ["cap", true, 0, 3, null, "room left: place 1 of 3 of this scan interval"],
  [
    "cap",
    false,
    3,
    3,
    "all places of this window are taken",
    "over the cap: 3 of 3 raised, all places of this window are taken",
  ],
];

test.each(cases)("%s, passed %p: %p against %p", (word, passed, value, limit, note, sentence) => {
  expect(describeCheck({ word, passed, value, limit, note })).toBe(sentence);
});

test("beside its label a note is its numbers alone", () => {
  expect(noteBeside("cooldown", "in cooldown: a similar alert just before; the cooldown is 1 h")).toBe(
    "a similar alert just before; the cooldown is 1 h",
  );
  expect(noteBeside("duplicate", "seen before")).toBe("seen before");
  expect(noteBeside("raised", null)).toBeNull();
});

test("every check has both sentences, whatever was not known", () => {
  for (const word of [...verdicts, ...gates]) {
    for (const passed of [true, false])
      expect(describeCheck({ word, passed, value: null, limit: null, note: "because" })).toMatch(/^[a-z]/);
  }
});
