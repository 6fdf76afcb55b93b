import { expect, test } from "bun:test";
import { planSession, type SessionTimes } from "../../ui/live/session-plan";

const minute = 60_000;
const day = 24 * 60 * minute;
/** Minutes, but for `until` from the beginning of a session at 0. */
const times = (at: Partial<SessionTimes>): SessionTimes => ({
  now: 0,
  until: 15 * minute,
  lastInputAt: 0,
  reportedAt: 0,
  idleMaxMs: day,
  aheadMs: minute,
  ...at,
});

const plans: readonly (readonly [string, Partial<SessionTimes>, object])[] = [
  [
    "renews before the access token ends",
    {},
    { next: "renew", inMs: 14 * minute, endsAt: day, warnAt: day - 5 * minute },
  ],
  ["renews at once where its end is not known", { until: null }, { next: "renew", inMs: 0 }],
  ["renews at once what ran out in a sleep", { now: 60 * minute }, { next: "renew", inMs: 0 }],
  [
    "goes on from the last input",
    { now: 10 * minute, lastInputAt: 10 * minute },
    { next: "renew", inMs: 4 * minute, endsAt: day + 10 * minute },
  ],
  [
    "leaves after so long without input",
    { now: day - 2 * minute, until: day + 5 * minute },
    { next: "leave", inMs: 2 * minute, endsAt: day },
  ],
  ["leaves at once after that", { now: day + minute, until: day + 5 * minute }, { next: "leave", inMs: 0 }],
  [
    "tries the daemon once more where it ran out while asleep",
    { now: day - minute, until: day - 9 * minute },
    { next: "renew", inMs: 0 },
  ],
  [
    "a session shorter than its access token is not renewed without input",
    { idleMaxMs: 8 * minute },
    { next: "leave", inMs: 8 * minute, warnAt: 6 * minute },
  ],
  [
    "and input is reported in time",
    { idleMaxMs: 8 * minute, now: minute, lastInputAt: minute },
    { next: "renew", inMs: minute, endsAt: 9 * minute },
  ],
  [
    "at once where none was reported for long",
    { idleMaxMs: 8 * minute, now: 5 * minute, lastInputAt: 5 * minute },
    { next: "renew", inMs: 0 },
  ],
];

test.each(plans)("%s", (_, at, expected) => {
  expect(planSession(times(at))).toMatchObject(expected);
});
