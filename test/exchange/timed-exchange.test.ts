import { expect, test } from "bun:test";
import type { Exchange } from "../../src/exchange/exchange";
import { ExchangeError } from "../../src/exchange/exchange-error";
import { timedExchange } from "../../src/exchange/timed-exchange";

test("every request is counted by how it ended and timed, and its error goes on as it is", async () => {
  let at = 0;
  let fails: Error | null = null;
  const exchange: Exchange = {
    name: "here",
    clockAheadMs: 12,
    listed: 34,
    async tickers() {
      at += 250;
      if (fails) throw fails;
      return [];
    },
    candles: async () => [],
  };
  const counted: unknown[] = [];
  const timed = timedExchange(
    exchange,
    () => at,
    (...request) => counted.push(request),
  );
  expect([timed.name, timed.clockAheadMs, timed.listed]).toEqual(["here", 12, 34]);
  const { signal } = new AbortController();
  await timed.tickers(signal);
  await timed.candles("ETHUSDT", "1m", { since: 0, until: 1 }, signal);
  fails = new ExchangeError("rate-limited", "slow down");
  expect(await timed.tickers(signal).catch((error: unknown) => error)).toBe(fails);
  fails = new Error("anything else");
  await timed.tickers(signal).catch(() => undefined);
  await timed.tickers(AbortSignal.abort()).catch(() => undefined);
  expect(counted).toEqual([
    ["here", "answered", 0.25],
    ["here", "answered", 0],
    ["here", "rate-limited", 0.25],
    ["here", "failed", 0.25],
    ["here", "timeout", 0.25],
  ]);
});
