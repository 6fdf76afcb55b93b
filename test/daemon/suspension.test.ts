import { expect, test } from "bun:test";
import { Suspension } from "../../src/daemon/suspension";

test("a leap of the clock between two looks is a time the process did not run; a slow second and a clock set back are none", () => {
  let now = 1_000_000;
  const woke: number[] = [];
  const suspension = new Suspension(
    () => now,
    (forMs) => woke.push(forMs),
  );
  for (const ms of [1000, 0, 9999, -3_600_000, 1000, 10_000, 1000, 7_200_000, 0]) {
    now += ms;
    suspension.check();
  }
  expect(woke).toEqual([10_000, 7_200_000]);
});
