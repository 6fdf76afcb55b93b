import { expect, test } from "bun:test";
import { AnswerTally } from "../../src/telemetry/answer-tally";

function given() {
  const clock = { ms: 1_000_000 };
  return { clock, tally: new AnswerTally(() => clock.ms) };
}

test("a few answers say nothing, however slow or wrong", () => {
  const { tally } = given();
  for (let count = 0; count < 19; count++) tally.answered(500, 9);
  expect(tally.readings()).toEqual({ slow_answers: 0, errors: 0, cache_misses: 0 });
});

test("the slowest hundredth and the share of failures are of the last minute", () => {
  const { clock, tally } = given();
  for (let count = 0; count < 190; count++) tally.answered(200, 0.004);
  for (let count = 0; count < 10; count++) tally.answered(503, 4.5);
  expect(tally.readings()).toEqual({ slow_answers: 4, errors: 5, cache_misses: 0 });
  clock.ms += 54_000;
  expect(tally.readings().errors).toBe(5);
  clock.ms += 6000;
  for (let count = 0; count < 50; count++) tally.answered(404, 0.004);
  expect(tally.readings()).toEqual({ slow_answers: 0.0025, errors: 0, cache_misses: 0 });
});

test("one slow answer in two hundred is not one in a hundred", () => {
  const { tally } = given();
  for (let count = 0; count < 199; count++) tally.answered(200, 0.004);
  tally.answered(200, 9);
  expect(tally.readings().slow_answers).toBe(0.0025);
});

test("misses mean something only where many ask", () => {
  const { tally } = given();
  for (let count = 0; count < 1000; count++) tally.prepared("miss");
  expect(tally.readings().cache_misses).toBe(0);
  for (let count = 0; count < 1000; count++) tally.prepared("hit");
  expect(tally.readings().cache_misses).toBe(50);
});
