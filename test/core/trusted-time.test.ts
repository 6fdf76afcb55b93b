import { expect, test } from "bun:test";
import { confirmTime, passTime, resumeTime, type TrustedTime } from "../../src/core/trusted-time";

const start = Date.parse("2026-03-02T12:00:00Z");
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** Looks every minute while the wall clock shows true time and so much more. */
function lookFor(before: TrustedTime, trueAt: number, forMs: number, aheadMs: number): TrustedTime {
  let trusted = before;
  for (let passed = minute; passed <= forMs; passed += minute)
    trusted = passTime(trusted, trueAt + passed + aheadMs, minute);
  return trusted;
}

test("a clock that goes on as time passes is believed, small corrections and a step back too", () => {
  const trusted = lookFor(confirmTime(start), start, day, 0);
  expect(trusted).toEqual({ at: start + day, ahead: null });
  expect(passTime(trusted, trusted.at + minute + 20_000, minute)).toEqual({
    at: trusted.at + minute + 20_000,
    ahead: null,
  });
  expect(passTime(trusted, trusted.at + minute + 40_000, minute).ahead?.byMs).toBe(40_000);
  expect(passTime(trusted, trusted.at - 500 * day, minute)).toEqual({ at: trusted.at - 500 * day, ahead: null });
});

test("+500 days for 75 s: not believed for a moment, and forgotten when the clock is right again", () => {
  const ahead = passTime(confirmTime(start), start + 75_000 + 500 * day, 75_000);
  expect(ahead).toEqual({
    at: start + 75_000,
    ahead: { byMs: 500 * day, steadyMs: 0, wall: start + 75_000 + 500 * day },
  });
  expect(passTime(ahead, start + 80_000, 5000)).toEqual({ at: start + 80_000, ahead: null });
});

test("one that stands still while it is ahead is not steady", () => {
  const almost = lookFor(
    passTime(confirmTime(start), start + minute + 500 * day, minute),
    start + minute,
    day - minute,
    500 * day,
  );
  expect(passTime(almost, almost.ahead?.wall ?? 0, minute).ahead).toMatchObject({ steadyMs: 0 });
});

test("ahead and steady for 24 h it is believed; a leap back or too far begins the wait anew", () => {
  const leapt = passTime(confirmTime(start), start + minute + 500 * day, minute);
  const almost = lookFor(leapt, start + minute, day - minute, 500 * day);
  expect(almost.ahead).toMatchObject({ steadyMs: day - minute });
  expect(passTime(almost, start + minute + day + 500 * day, minute)).toEqual({
    at: start + minute + day + 500 * day,
    ahead: null,
  });
  expect(passTime(almost, start + minute + day + 499 * day, minute).ahead?.steadyMs).toBe(0);
  expect(passTime(almost, start + minute + day + 600 * day, minute).ahead?.steadyMs).toBe(0);
});

test.each([
  ["an upgrade of a few minutes", start, null, start + 10 * minute, null],
  ["a night", start, null, start + 10 * hour, 10 * hour],
  ["500 days ahead", start, null, start + 500 * day, 500 * day],
  ["500 days ahead, of an earlier version's database", null, start, start + 500 * day, 500 * day],
  ["an empty database", null, null, start, null],
  ["a clock that is behind what is stored", null, start, start - day, null],
] as const)("a start after %s", (_, storedAt, newest, wall, byMs) => {
  expect(resumeTime(storedAt === null ? null : confirmTime(storedAt), newest, wall).ahead?.byMs ?? null).toBe(byMs);
});

test("a start with the clock still ahead does not take its own stored times for proof", () => {
  const ahead = passTime(confirmTime(start), start + minute + 500 * day, minute);
  expect(resumeTime(ahead, start + minute + 500 * day, start + 2 * minute + 500 * day).ahead?.byMs).toBe(
    500 * day + minute,
  );
  // Nor is it believed for being less far ahead: many short stops would add up.
  expect(resumeTime(ahead, null, start + 30 * minute).ahead?.byMs).toBe(29 * minute);
});

test("a machine that is on for ten hours a day is believed after its third", () => {
  let trusted: TrustedTime = confirmTime(start);
  for (let night = 1; night <= 3; night++) {
    const morning = start + night * day;
    trusted = lookFor(resumeTime(trusted, null, morning), morning, 10 * hour, 0);
    expect(trusted.ahead === null).toBe(night === 3);
  }
});
