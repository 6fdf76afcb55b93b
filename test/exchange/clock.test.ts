import { expect, test } from "bun:test";
import { ExchangeClock, timesIn, type ClockTold } from "../../src/exchange/exchange-clock";

const there = Date.parse("2026-03-10T12:00:00Z");
const s = 1000;

/** By what the exchange's body and header say, in seconds after noon, when `passed` seconds have passed and our clock is so far ahead. */
const told = ({ passed, time = null, date = null, ahead = 0, took = 0.1 }: { passed: number; time?: number | null; date?: number | null; ahead?: number; took?: number }): ClockTold => ({
  time: time === null ? null : there + time * s,
  date: date === null ? null : there + Math.floor(date) * s,
  sentAt: there + (passed + ahead - took) * s,
  receivedAt: there + (passed + ahead) * s,
  elapsed: passed * s,
});

test.each([
  ["nothing was told", [told({ passed: 1 })], null],
  ["as ours", [told({ passed: 1, time: 1, date: 1 })], 0],
  ["ours is 1.5 s ahead: the way may explain it", [told({ passed: 10, time: 10, ahead: 1.5 })], 0],
  ["ours is 5 min ahead", [told({ passed: 10, time: 10, date: 10, ahead: 300 })], 300],
  ["ours is 5 min behind, by the header alone", [told({ passed: 10, date: 10, ahead: -300 })], -300],
  ["a slow answer tells nothing of 8 s", [told({ passed: 20, time: 11, took: 9 })], 0],
  ["ours was set right", [told({ passed: 1, time: 1, ahead: 300 }), told({ passed: 5, time: 5 })], 0],
  ["the body stands still, the header goes on", [told({ passed: 1, time: 1, date: 1 }), told({ passed: 400, time: 1, date: 400 })], 0],
  ["the body stood still from the first on: what it said is unsaid", [told({ passed: 600, time: 1 }), told({ passed: 700, time: 1 })], null],
  ["an old body from a cache, the header fresh", [told({ passed: 600, time: 1, date: 600 })], 0],
  ["an old header from a cache, the body fresh", [told({ passed: 600, time: 600, date: 1 })], 0],
  ["all of it from a cache, again and again", [told({ passed: 600, time: 1, date: 1 }), told({ passed: 700, time: 1, date: 1 })], null],
  ["one odd answer does not make all that follow look frozen", [told({ passed: 1, time: 3601 }), told({ passed: 10, time: 10 })], 0],
  ["answers that cross on their way", [told({ passed: 10, time: 10 }), told({ passed: 10.2, time: 9.9 })], 0],
] as const)("%s", (_, answers, ahead) => {
  const clock = new ExchangeClock();
  for (const answer of answers) clock.hear(answer);
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
