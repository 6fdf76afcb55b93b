import { hourMs } from "../../src/core/duration";
import { describe, expect, test } from "bun:test";
import { candleMs, candleTimeframes } from "../../src/core/candle";
import { dialects, failureOf, loopback, noon, patience } from "./loopback";

const minute = candleMs["1m"];

describe.each(dialects)("candles of %s", (dialect) => {
  test("are the market's, closed ones only, oldest first", async () => {
    await using setup = await loopback(dialect);
    for (const timeframe of candleTimeframes) {
      const ms = candleMs[timeframe];
      const candles = await setup.exchange.candles(
        "ETHUSDT",
        timeframe,
        { since: noon - 50 * ms, until: noon },
        patience(),
      );
      const drawn = setup.market.candles("ETHUSDT", ms, {
        since: noon - 50 * ms,
        last: noon - ms,
        now: noon,
        venue: setup.venue,
      });
      expect(candles.map(({ at, open, high, low, close }) => ({ at, open, high, low, close }))).toEqual(
        drawn.map(({ at, open, high, low, close }) => ({ at, open, high, low, close })),
      );
      expect(candles.at(-1)!.at + ms).toBeLessThanOrEqual(noon);
      expect(noon - (candles.at(-1)!.at + ms)).toBeLessThan(ms);
      expect(candles[0]?.volume).toBeCloseTo(drawn[0]!.volume, 3);
    }
  });

  test("more than one answer holds come page by page", async () => {
    await using setup = await loopback(dialect);
    const candles = await setup.exchange.candles(
      "SOLUSDT",
      "1m",
      { since: noon - 48 * hourMs, until: noon },
      patience(),
    );
    expect(candles).toHaveLength(48 * 60 - 1);
    expect(candles.every(({ at }, index) => index === 0 || at === candles[index - 1]!.at + minute)).toBe(true);
    expect(setup.server.requests("kline")).toBe(dialect === "an exchange as ccxt reads it" ? 15 : 3);
  });

  test("a gap stays a gap, and what is behind it is found", async () => {
    await using setup = await loopback(dialect);
    const closed = Math.floor(noon / minute) * minute;
    setup.server.troubles.gaps.push({ symbol: "SOLUSDT", since: closed - 40 * hourMs, until: closed - 2 * hourMs });
    const candles = await setup.exchange.candles(
      "SOLUSDT",
      "1m",
      { since: closed - 41 * hourMs, until: closed },
      patience(),
    );
    expect(candles).toHaveLength(180);
    expect(candles[60]!.at - candles[59]!.at).toBe(38 * hourMs + minute);
  });

  test("no candle has closed yet: none, and nothing is asked", async () => {
    await using setup = await loopback(dialect);
    expect(await setup.exchange.candles("SOLUSDT", "4h", { since: noon - hourMs, until: noon }, patience())).toEqual(
      [],
    );
    expect(setup.server.requests("kline")).toBe(0);
  });

  test("a symbol it does not trade, or trades no more, is unknown", async () => {
    await using setup = await loopback(dialect);
    setup.server.troubles.delisted.add("ADAUSDT");
    const range = { since: noon - hourMs, until: noon };
    expect(await failureOf(setup.exchange.candles("NOSUCHUSDT", "1m", range, patience()))).toMatchObject({
      name: "ExchangeError",
      code: "unknown-symbol",
    });
    expect(await failureOf(setup.exchange.candles("ADAUSDT", "1m", range, patience()))).toMatchObject({
      name: "ExchangeError",
      code: "unknown-symbol",
    });
  });

  test("delisted since we asked what it trades: unknown too", async () => {
    await using setup = await loopback(dialect);
    await setup.exchange.tickers(patience());
    setup.server.troubles.delisted.add("ADAUSDT");
    expect(
      await failureOf(setup.exchange.candles("ADAUSDT", "1m", { since: noon - hourMs, until: noon }, patience())),
    ).toMatchObject({ code: "unknown-symbol" });
  });
});
