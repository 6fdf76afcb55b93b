import { expect, test } from "bun:test";
import { growingPause, type Pause } from "../../src/rules/growing-pause";

const minute = 60_000;
const hour = 60 * minute;

test("what fails again soon after its pause is left alone four times as long, an hour at most", () => {
  let pause: Pause | null = null;
  const pauses: number[] = [];
  for (let now = 5; pauses.length < 6; now = pause.until + hour - 1) {
    pause = growingPause(pause, now);
    expect(pause.until).toBe(now + pause.pauseMs);
    pauses.push(pause.pauseMs);
  }
  expect(pauses).toEqual([minute, 4 * minute, 16 * minute, hour, hour, hour]);
});

test("what was well for an hour begins anew", () => {
  expect(growingPause({ times: 3, until: 0 }, hour)).toEqual({ times: 1, until: hour + minute, pauseMs: minute });
});
