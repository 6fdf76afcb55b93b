import { describe, expect, test } from "bun:test";
import { dialects, loopback, noon, patience } from "./loopback";

describe.each(dialects)("tickers of %s", (dialect) => {
  test("are what is quoted, by one request", async () => {
    await using desk = await loopback(dialect);
    const tickers = await desk.exchange.tickers(patience());
    expect(tickers).toHaveLength(desk.market.symbols.length);
    expect(desk.exchange.leftOut).toBe(0);
    expect(desk.server.asked("ticker")).toBe(1);
    for (const ticker of tickers) {
      const quote = desk.market.quote(ticker.symbol, noon, desk.venue)!;
      expect(ticker).toMatchObject({ quote: "USDT", market: dialect === "bybit linear" ? "perp" : "spot", last: quote.last, bid: quote.bid, ask: quote.ask, at: noon });
      expect(ticker.change).toBeCloseTo(100 * (quote.last / quote.dayAgo - 1), 2);
      expect(ticker.turnover).toBeCloseTo(quote.turnover, 3);
    }
  });

  test("only a linear contract has funding and open interest", async () => {
    await using desk = await loopback(dialect);
    const [bitcoin] = await desk.exchange.tickers(patience());
    const quote = desk.market.quote("BTCUSDT", noon)!;
    expect(bitcoin?.symbol).toBe("BTCUSDT");
    if (dialect === "bybit linear") {
      expect(bitcoin?.fundingRate).toBeCloseTo(quote.fundingRate, 8);
      expect(bitcoin?.openInterest).toBeCloseTo(quote.openInterest, 1);
    } else {
      expect(bitcoin).toMatchObject({ fundingRate: null, openInterest: null });
    }
  });

  test("what is delisted, or has no numbers, is left out and counted", async () => {
    await using desk = await loopback(dialect);
    desk.server.troubles.delisted.add("ADAUSDT");
    desk.server.troubles.spoiled.add("SOLUSDT").add("XRPUSDT");
    const symbols = (await desk.exchange.tickers(patience())).map(({ symbol }) => symbol);
    expect(symbols).toHaveLength(desk.market.symbols.length - 3);
    expect(symbols).not.toContainAnyValues(["ADAUSDT", "SOLUSDT", "XRPUSDT"]);
    expect(desk.exchange.leftOut).toBe(3);
  });

  test("what is traded is asked for once", async () => {
    await using desk = await loopback(dialect);
    await Promise.all([desk.exchange.tickers(patience()), desk.exchange.tickers(patience())]);
    const asked = desk.server.asked();
    await desk.exchange.tickers(patience());
    expect(desk.server.asked()).toBe(asked + 1);
    expect(desk.server.asked("ticker")).toBe(3);
  });

  test("half an hour later it is asked again what is traded, and what was delisted is gone", async () => {
    await using desk = await loopback(dialect);
    await desk.exchange.tickers(patience());
    desk.server.troubles.delisted.add("ADAUSDT");
    expect(await desk.exchange.tickers(patience())).toHaveLength(desk.market.symbols.length);
    desk.wait(31 * 60_000);
    desk.server.troubles.make({ kind: "garbage", body: "not json", path: dialect.startsWith("bybit") ? "instruments" : "exchangeInfo", times: 1 });
    expect(await desk.exchange.tickers(patience())).toHaveLength(desk.market.symbols.length);
    expect(await desk.exchange.tickers(patience())).toHaveLength(desk.market.symbols.length - 1);
  });
});
