import { expect, test } from "bun:test";
import { agoOf, timeFormat } from "../../src/commands/print/time";

const now = Date.parse("2026-11-27T12:00:00Z");
const second = 1000;
const hour = 3_600_000;

test.each([
  [0, "0 s ago"],
  [-0.4 * second, "0 s ago"],
  [94 * second, "94 s ago"],
  [12.9 * 60 * second, "12 min ago"],
  [119.9 * 60 * second, "119 min ago"],
  [3.9 * hour, "3 h ago"],
  [47.9 * hour, "47 h ago"],
  [3 * 24 * hour, "3 d ago"],
  [-5 * hour, "in 5 h"],
  [-2 * hour + 1.2 * second, "in 2 h"],
  [-1.6 * hour, "in 96 min"],
])("%p ms before now is %s", (ms, words) => {
  expect(agoOf(now - ms, now)).toBe(words);
});

test("as UTC, with the year only where it is another one", () => {
  const format = timeFormat("utc", () => now);
  expect(format("2026-11-27T09:03:12.250Z")).toBe("11-27 09:03:12Z");
  expect(format("2025-11-27T09:03:12.250Z")).toBe("2025-11-27 09:03:12Z");
});

test("as the clock on the wall", () => {
  const at = new Date(2026, 4, 3, 9, 5, 7);
  expect(timeFormat("local", () => at.getTime())(at.getTime())).toBe("05-03 09:05:07");
});
