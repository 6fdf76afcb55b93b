import { describe, expect, test } from "bun:test";
import { aReport, refusalOf, signalOf } from "./given";

const named = (symbol: unknown, rest: object = {}) => signalOf({ ...aReport, symbol, ...rest });

describe("symbols", () => {
  test.each([
    ["BTCUSDT", "BTCUSDT", null, null],
    ["btcusdt", "BTCUSDT", null, null],
    ["BTC/USDT", "BTCUSDT", null, null],
    ["BTC-USDT", "BTCUSDT", null, null],
    ["BTC_USDT", "BTCUSDT", null, null],
    ["BTC/USDT:USDT", "BTCUSDT", null, "perp"],
    ["BTCUSDT:USDT", "BTCUSDT", null, "perp"],
    ["BYBIT:BTCUSDT.P", "BTCUSDT", "bybit", "perp"],
    ["BINANCE:BTCUSDT", "BTCUSDT", "binance", null],
    ["NSE:RELIANCE", "RELIANCE", "nse", null],
    ["BTC-USDT-SWAP", "BTCUSDT", null, "perp"],
    ["BTC/USDT:USDT-251226", "BTCUSDT-251226", null, "future"],
    ["BTCUSDT_251226", "BTCUSDT-251226", null, "future"],
    ["1000BONKUSDT", "1000BONKUSDT", null, null],
    ["BRK.B", "BRK.B", null, null],
    ["NIFTY-FUT", "NIFTY-FUT", null, null],
    [" ETHUSDT ", "ETHUSDT", null, null],
    ["A".repeat(40), "A".repeat(40), null, null],
  ] as const)("%s is %s", (written, symbol, exchange, market) => {
    expect(named(written)).toMatchObject({ symbol, symbolAsWritten: written.trim(), exchange, market });
  });

  test.each([
    ["A".repeat(41)],
    ["BTC USDT"],
    ["ΒTCUSDT"],
    ["BTCUſDT"],
    ["-BTC"],
    ["BTC\u0000USDT"],
    ["../../etc"],
    ["😀"],
    ["x".repeat(5000)],
    ["<b>"],
  ])("%s is refused", (written) => expect(refusalOf({ ...aReport, symbol: written }).reason).toBe("bad-symbol"));

  test.each([[""], ["  "], [7], [{}], ["None"], ["<circular_reference:dict>"], [null], [undefined]])(
    "%p is none",
    (written) => {
      expect(refusalOf({ ...aReport, symbol: written }).reason).toBe("no-symbol");
    },
  );

  test("pair and ticker are symbols too, and the first usable one counts", () => {
    expect(named(undefined, { pair: "ETH/BTC" }).symbol).toBe("ETHBTC");
    expect(named("<circular_reference:dict>", { ticker: "ETHBTC" }).symbol).toBe("ETHBTC");
  });

  test("the body's exchange and market win over the symbol's", () => {
    expect(named("BYBIT:BTCUSDT.P", { exchange: "Binance", market: "futures" })).toMatchObject({
      exchange: "binance",
      market: "future",
    });
    expect(named("BTCUSDT", { market: "crypto" }).market).toBeNull();
  });
});
