import { afterEach, beforeEach, expect, jest, test } from "bun:test";
import { releaseMemoryAfterBursts } from "../../src/daemon/release-memory";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

test("the heap is swept once it is quiet: after the start, after a burst, and not for a few reports", () => {
  let observed = 0;
  let swept = 0;
  using sweeping = releaseMemoryAfterBursts(
    { observed: () => observed, answered: () => 0, looking: () => false },
    () => swept++,
  );
  expect(sweeping).toBeDefined();
  jest.advanceTimersByTime(5000);
  expect(swept).toBe(1);
  for (let second = 0; second < 10; second++) {
    observed += 1000;
    jest.advanceTimersByTime(1000);
  }
  expect(swept).toBe(1);
  jest.advanceTimersByTime(3000);
  expect(swept).toBe(2);
  observed += 100;
  jest.advanceTimersByTime(5000);
  expect(swept).toBe(2);
});

test("no request waits for a release of memory: not between two requests, and not while a long look is under way", () => {
  let answered = 0;
  let looking = false;
  let swept = 0;
  using sweeping = releaseMemoryAfterBursts(
    { observed: () => 0, answered: () => answered, looking: () => looking },
    () => swept++,
  );
  expect(sweeping).toBeDefined();
  for (let second = 0; second < 5; second++) {
    answered++;
    jest.advanceTimersByTime(1000);
  }
  looking = true;
  jest.advanceTimersByTime(5000);
  expect(swept).toBe(0);
  looking = false;
  jest.advanceTimersByTime(1000);
  expect(swept).toBe(1);
});
