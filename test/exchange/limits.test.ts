import { expect, test } from "bun:test";
import { crowdedForMs, RequestBudget } from "../../src/exchange/limits/request-budget";
import { publishedLimitOf } from "../../src/exchange/limits/published";
import type { Refusal } from "../../src/exchange/limits/refusal";
import { Rest } from "../../src/exchange/limits/rest";

const minute = 60_000;
const banned: Refusal = { code: "rate-limited", why: "banned", statedMs: null, msMin: null };
const down: Refusal = { code: "unavailable", why: "down", statedMs: null, msMin: null };

test("where nothing is said: a minute, then twice as long each time, to half an hour; served, it begins anew", () => {
  const rest = new Rest();
  let at = 1000;
  const rests = Array.from({ length: 7 }, () => {
    const ms = rest.refused(banned, at);
    at += ms;
    return ms / minute;
  });
  expect(rests).toEqual([1, 2, 4, 8, 16, 30, 30]);
  expect(rest.left(at)).toBe(0);
  rest.served(at);
  expect(rest.refused(down, at)).toBe(minute);
});

test("requests that were under way together count once, and a late answer ends no rest", () => {
  const rest = new Rest();
  expect(Array.from({ length: 20 }, (_, index) => rest.refused(banned, index))).toEqual(Array<number>(20).fill(minute));
  rest.served(30);
  expect(rest.left(minute)).toBeGreaterThan(0);
  expect(rest.refused(banned, 2 * minute)).toBe(2 * minute);
  expect(rest.refused({ ...banned, statedMs: 5 * minute }, 2 * minute)).toBe(5 * minute);
  expect(rest.refused({ ...banned, statedMs: 1000 }, 2 * minute)).toBe(5 * minute);
});

test.each([
  ["bybit", "linear", "/v5/market/kline?symbol=BTCUSDT&limit=1000", 1],
  ["binance", "spot", "/api/v3/klines?symbol=BTCUSDT&limit=1000", 2],
  ["binance", "spot", "/api/v3/ticker/24hr", 80],
  ["binance", "spot", "/api/v3/exchangeInfo", 20],
  ["binance", "linear", "/fapi/v1/klines?symbol=BTCUSDT&limit=4", 1],
  ["binance", "linear", "/fapi/v1/klines?symbol=BTCUSDT&limit=400", 2],
  ["binance", "linear", "/fapi/v1/klines?symbol=BTCUSDT&limit=1000", 5],
  ["binance", "linear", "/fapi/v1/ticker/24hr", 40],
] as const)("%s %s weighs %s as %d", (id, market, path, weight) => {
  const url = new URL(path, "http://there");
  expect(publishedLimitOf({ id, market })?.weightOf(url.pathname, url.searchParams)).toBe(weight);
});

test.each([
  ["binance", "spot", "/api/v3/klines", "limit=10&symbol=A", 60],
  ["binance", "linear", "/fapi/v1/klines", "limit=10&symbol=A", 60],
  ["bybit", "linear", "/v5/market/kline", "", 5],
] as const)(
  "whatever is asked of %s %s, more than a quarter of what it allows stays free in any stretch of time",
  (id, market, path, query, seconds) => {
    const limit = publishedLimitOf({ id, market })!;
    const budget = new RequestBudget(limit, 0);
    const weight = limit.weightOf(path, new URLSearchParams(query));
    // All asked at once: each goes out when it may.
    const sent = Array.from({ length: 6000 }, () => budget.take(weight, 0));
    const worst = sent.reduce((max, from, index) => {
      let to = index;
      while (to < sent.length && sent[to]! < from + seconds * 1000 && to - index < 6000) to++;
      return index % 50 === 0 ? Math.max(max, (to - index) * weight) : max;
    }, 0);
    expect(worst / limit.weight).toBeLessThan(0.75);
    expect(worst / limit.weight).toBeGreaterThan(0.45);
  },
);

test("who waited has what has gathered, and no more than a burst of it", () => {
  const budget = new RequestBudget({ weight: 100, perMs: 1000 }, 0);
  for (let n = 0; n < 100; n++) budget.take(1, 0);
  expect(budget.take(1, 0)).toBe(0);
  expect(budget.take(1, 0)).toBe(20);
  expect(budget.take(1, 600_000)).toBe(0);
});

test.each([
  ["4799", null],
  ["4800", 40_000],
  ["6001", 40_000],
  ["much", null],
] as const)("%s of 6,000 used, 20 s into a minute", (used, ms) => {
  const headers = new Headers({ "x-mbx-used-weight-1m": used });
  expect(
    crowdedForMs(headers, publishedLimitOf({ id: "binance", market: "spot" })!, Date.parse("2026-03-10T12:00:20Z")),
  ).toBe(ms);
});
