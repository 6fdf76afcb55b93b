import { expect, test } from "bun:test";
import { ExchangeClock, timesIn, type ClockReading } from "../../src/exchange/exchange-clock";

const there = Date.parse("2026-03-10T12:00:00Z");
const s = 1000;

/** By what the exchange's body and header say, in seconds after noon, when `passed` seconds have passed and our clock is so far ahead. */
const reading = ({
  passed,
  time = null,
  date = null,
  ahead = 0,
  took = 0.1,
}: {
  passed: number;
  time?: number | null;
  date?: number | null;
  ahead?: number;
  took?: number;
}): ClockReading => ({
  time: time === null ? null : there + time * s,
  date: date === null ? null : there + Math.floor(date) * s,
  sentAt: there + (passed + ahead - took) * s,
  receivedAt: there + (passed + ahead) * s,
  elapsed: passed * s,
});

test.each([
  ["nothing was measured", [reading({ passed: 1 })], null],
  ["as ours", [reading({ passed: 1, time: 1, date: 1 })], 0],
  ["ours is 1.5 s ahead: the way may explain it", [reading({ passed: 10, time: 10, ahead: 1.5 })], 0],
  ["ours is 5 min ahead", [reading({ passed: 10, time: 10, date: 10, ahead: 300 })], 300],
  ["ours is 5 min behind, by the header alone", [reading({ passed: 10, date: 10, ahead: -300 })], -300],
  ["a slow answer says nothing of 8 s", [reading({ passed: 20, time: 11, took: 9 })], 0],
  ["ours was set right", [reading({ passed: 1, time: 1, ahead: 300 }), reading({ passed: 5, time: 5 })], 0],
  [
    "the body stands still, the header goes on",
    [reading({ passed: 1, time: 1, date: 1 }), reading({ passed: 400, time: 1, date: 400 })],
    0,
  ],
  [
    "the body stood still from the first on: what it said is unsaid",
    [reading({ passed: 600, time: 1 }), reading({ passed: 700, time: 1 })],
    null,
  ],
  ["an old body from a cache, the header fresh", [reading({ passed: 600, time: 1, date: 600 })], 0],
  ["an old header from a cache, the body fresh", [reading({ passed: 600, time: 600, date: 1 })], 0],
  [
    "all of it from a cache, again and again",
    [reading({ passed: 600, time: 1, date: 1 }), reading({ passed: 700, time: 1, date: 1 })],
    null,
  ],
  [
    "one odd answer does not make all that follow look frozen",
    [reading({ passed: 1, time: 3601 }), reading({ passed: 10, time: 10 })],
    0,
  ],
  ["answers that cross on their way", [reading({ passed: 10, time: 10 }), reading({ passed: 10.2, time: 9.9 })], 0],
] as const)("%s", (_, answers, ahead) => {
  const clock = new ExchangeClock();
  for (const answer of answers) clock.observe(answer);
  if (ahead === null) expect(clock.aheadMs).toBeNull();
  else expect(Math.abs(clock.aheadMs! / s - ahead)).toBeLessThan(1);
});

test.each([
  ['{"retCode":0,"result":{"list":[]},"retExtInfo":{},"time":1741608000123}', 1_741_608_000_123],
  ['{"timezone":"UTC","serverTime":1741608000123,"symbols":[]}', 1_741_608_000_123],
  [`{"list":[${'"x",'.repeat(500)}1],"time":1741608000123}`, 1_741_608_000_123],
  [`[{"symbol":"A","closeTime":1741608000123}]`, null],
  ["[[1741608000123,1,2]]", null],
  ["<html>", null],
] as const)("the time in %s", (body, time) => {
  expect(timesIn(body, new Headers({ date: "Tue, 10 Mar 2026 12:00:00 GMT" }))).toEqual({ time, date: there });
  expect(timesIn(body, new Headers({ date: "-" })).date).toBeNull();
});
