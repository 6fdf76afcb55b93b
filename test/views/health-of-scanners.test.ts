import { expect, test } from "bun:test";
import { judgeScanner } from "../../src/views/health-checks";
import { aScanner, now } from "../support/freshness-facts";

test.each([
  ["as usual", {}, "healthy", "last success 12 s ago"],
  [
    "too many for its interval",
    { note: "60 s fit about 420 of 600 symbols" },
    "healthy",
    "last success 12 s ago; 60 s fit about 420 of 600 symbols",
  ],
  [
    "the first fill",
    { filling: { done: 900, total: 2400 } },
    "unknown",
    "first fill: 900 of 2400 series; last success 12 s ago",
  ],
  [
    "a few missing",
    { lacks: { share: 0.001, why: "1 of 1000 series" } },
    "degraded",
    "1 % of what was due could not be read: 1 of 1000 series; last success 12 s ago",
  ],
  [
    "nearly all missing",
    { lacks: { share: 0.999, why: "999 of 1000 series" } },
    "degraded",
    "99 % of what was due could not be read: 999 of 1000 series; last success 12 s ago",
  ],
  [
    "none came",
    { failures: 1, lastError: "none of 40 series" },
    "degraded",
    "the last run failed: none of 40 series; last success 12 s ago",
  ],
  [
    "none came for long",
    { failures: 3, lastError: "none of 40 series" },
    "unhealthy",
    "failed 3 times in a row: none of 40 series; last success 12 s ago",
  ],
] as const)("%s", (_, more, status, message) => {
  expect(judgeScanner({ ...aScanner, ...more }, now)).toEqual({ status, message });
});
