import { describe, expect, test } from "bun:test";
import { dialects, loopback, noon, patience } from "./loopback";

describe.each(dialects)("tickers of %s", (dialect) => {
  test("are what is quoted, by one request", async () => {
    await using setup = await loopback(dialect);
    const tickers = await setup.exchange.tickers(patience());
    expect(tickers).toHaveLength(setup.market.symbols.length);
    expect(setup.server.requests("ticker")).toBe(1);
    for (const ticker of tickers) {
      const quote = setup.market.quote(ticker.symbol, noon, setup.venue)!;
      expect(ticker).toMatchObject({
        quote: "USDT",
        market: dialect === "bybit linear" ? "perp" : "spot",
        last: quote.last,
        bid: quote.bid,
        ask: quote.ask,
        at: noon,
      });
      expect(ticker.change).toBeCloseTo(100 * (quote.last / quote.dayAgo - 1), 2);
      expect(ticker.turnover).toBeCloseTo(quote.turnover, 3);
    }
  });

  test("only a linear contract has funding and open interest", async () => {
    await using setup = await loopback(dialect);
    const [bitcoin] = await setup.exchange.tickers(patience());
    const quote = setup.market.quote("BTCUSDT", noon)!;
    expect(bitcoin?.symbol).toBe("BTCUSDT");
    if (dialect === "bybit linear") {
      expect(bitcoin?.fundingRate).toBeCloseTo(quote.fundingRate, 8);
      expect(bitcoin?.openInterest).toBeCloseTo(quote.openInterest, 1);
    } else {
      expect(bitcoin).toMatchObject({ fundingRate: null, openInterest: null });
    }
  });

  test("what is delisted, or has no numbers, is left out", async () => {
    await using setup = await loopback(dialect);
    setup.server.troubles.delisted.add("ADAUSDT");
    setup.server.troubles.spoiled.add("SOLUSDT").add("XRPUSDT");
    const symbols = (await setup.exchange.tickers(patience())).map(({ symbol }) => symbol);
    expect(symbols).toHaveLength(setup.market.symbols.length - 3);
    expect(symbols).not.toContainAnyValues(["ADAUSDT", "SOLUSDT", "XRPUSDT"]);
  });

  test("what is traded is asked for once", async () => {
    await using setup = await loopback(dialect);
    await Promise.all([setup.exchange.tickers(patience()), setup.exchange.tickers(patience())]);
    const asked = setup.server.requests();
    await setup.exchange.tickers(patience());
    expect(setup.server.requests()).toBe(asked + 1);
    expect(setup.server.requests("ticker")).toBe(3);
  });

  test("half an hour later it is asked again what is traded, and what was delisted is gone", async () => {
    await using setup = await loopback(dialect);
    await setup.exchange.tickers(patience());
    setup.server.troubles.delisted.add("ADAUSDT");
    expect(await setup.exchange.tickers(patience())).toHaveLength(setup.market.symbols.length);
    setup.wait(31 * 60_000);
    setup.server.troubles.make({
      kind: "garbage",
      body: "not json",
      path: dialect.startsWith("bybit") ? "instruments" : "exchangeInfo",
      times: 1,
    });
    expect(await setup.exchange.tickers(patience())).toHaveLength(setup.market.symbols.length);
    expect(await setup.exchange.tickers(patience())).toHaveLength(setup.market.symbols.length - 1);
  });
});
