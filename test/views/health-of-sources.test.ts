import { expect, test } from "bun:test";
import { judgeSource } from "../../src/views/health-checks";
import { notesOfReading } from "../../src/views/sources";
import { aSource } from "../support/freshness-facts";

const denied = (folder: string, isFault = true) => ({ folder, why: "permission denied", isFault });

test.each([
  ["as usual", {}, "healthy", "last report 3 s ago"],
  [
    "polled for want of a watch",
    { polledBecause: "no watch left" },
    "healthy",
    "last report 3 s ago; polled every second: no watch left",
  ],
  [
    "a folder below unreadable",
    { skipped: [denied("locked")] },
    "degraded",
    "last report 3 s ago; locked is skipped: permission denied",
  ],
  [
    "what every disk has",
    { skipped: [denied("lost+found", false)] },
    "healthy",
    "last report 3 s ago; lost+found is skipped: permission denied",
  ],
] as const)("%s: said by its health", (_, progress, status, message) => {
  expect(judgeSource(aSource("live", progress))).toEqual({ status, message });
});

test("many folders that are skipped do not fill the screen", () => {
  const notes = notesOfReading(
    aSource("live", { skipped: Array.from({ length: 40 }, (_, index) => denied(`f${index}`)) }),
  );
  expect([notes.length, notes.at(-1)]).toEqual([6, "35 more folders are skipped"]);
});

test.each([
  ["live", null, null, "no report yet"],
  ["live", 1576, null, "last report 26 min ago"],
  ["silent", 1576, 120, "no report for 26 min, usually every 2 min"],
] as const)("%s after %p s, usually every %p s: in the units people use", (state, age, every, message) => {
  const known = aSource("live", {});
  expect(
    judgeSource({ ...known, state, age_seconds: age, cadence: { ...known.cadence, every_seconds: every } }).message,
  ).toBe(message);
});
