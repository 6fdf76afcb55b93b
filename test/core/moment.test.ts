import { expect, test } from "bun:test";
import { parseMoment } from "../../src/core/moment";

const now = Date.parse("2026-01-31T12:00:00Z");

test.each([
  ["4h", "2026-01-31T08:00:00.000Z"],
  ["90s", "2026-01-31T11:58:30.000Z"],
  ["2d", "2026-01-29T12:00:00.000Z"],
  ["2026-01-30", "2026-01-30T00:00:00.000Z"],
  ["2026-01-30T10:00", "2026-01-30T10:00:00.000Z"],
  ["2026-01-30T10:00:00Z", "2026-01-30T10:00:00.000Z"],
  ["2026-01-30T10:00:00.250+05:30", "2026-01-30T04:30:00.250Z"],
])("%s", (text, time) => {
  expect(new Date(parseMoment(text, now) ?? Number.NaN).toISOString()).toBe(time);
});

test.each(["", "4", "h", "-4h", "yesterday", "2026", "2026-02-31T25:00", "1738324800", "2026-01-30 10:00"])(
  "%p is no time",
  (text) => {
    expect(parseMoment(text, now)).toBeNull();
  },
);
