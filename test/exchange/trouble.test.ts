import { describe, expect, test } from "bun:test";
import { dialects, failureOf, loopback, noon, patience } from "./loopback";

const range = { since: noon - 3_600_000, until: noon };

describe.each(dialects)("trouble with %s", (dialect) => {
  test("429: nothing more is asked until it may be", async () => {
    await using setup = await loopback(dialect);
    await setup.exchange.tickers(patience());
    setup.server.troubles.make({ kind: "status", status: 429, retryAfter: "0.2", times: 1 });
    expect(await failureOf(setup.exchange.tickers(patience()))).toMatchObject({
      code: "rate-limited",
      retryAfterMs: 200,
    });
    const asked = setup.server.requests();
    const refused = await failureOf(setup.exchange.candles("BTCUSDT", "1m", range, patience()));
    expect(refused).toMatchObject({ code: "rate-limited" });
    expect(setup.server.requests()).toBe(asked);
    await Bun.sleep((refused as { retryAfterMs: number }).retryAfterMs);
    expect(await setup.exchange.tickers(patience())).not.toBeEmpty();
  });

  test("429 to one of many: those still waiting for their turn are not asked", async () => {
    await using setup = await loopback(dialect);
    await setup.exchange.tickers(patience());
    setup.server.troubles.make({ kind: "status", status: 429, retryAfter: "1", times: 1 });
    const before = setup.server.requests();
    const many = await Promise.allSettled(
      setup.market.symbols.map(({ symbol }) => setup.exchange.candles(symbol, "1m", range, patience())),
    );
    expect(many.filter(({ status }) => status === "rejected").length).toBeGreaterThan(15);
    expect(setup.server.requests() - before).toBeLessThan(45);
  });

  test("5xx: unavailable, left alone for a minute, for two when it fails again, and well again with the next answer", async () => {
    await using setup = await loopback(dialect);
    setup.server.troubles.make({
      kind: "status",
      status: 503,
      body: "<html>maintenance</html>",
      path: "ticker",
      times: 2,
    });
    expect(await failureOf(setup.exchange.tickers(patience()))).toMatchObject({
      name: "ExchangeError",
      code: "unavailable",
      retryAfterMs: 60_000,
    });
    const asked = setup.server.requests();
    expect(await failureOf(setup.exchange.tickers(patience()))).toMatchObject({
      name: "ExchangeError",
      code: "unavailable",
    });
    expect(setup.server.requests()).toBe(asked);
    setup.wait(60_000);
    expect(await failureOf(setup.exchange.tickers(patience()))).toMatchObject({ retryAfterMs: 120_000 });
    setup.wait(120_000);
    expect(await setup.exchange.tickers(patience())).not.toBeEmpty();
  });

  test("no server there: unavailable", async () => {
    const setup = await loopback(dialect);
    await setup[Symbol.asyncDispose]();
    expect(await failureOf(setup.exchange.tickers(patience()))).toMatchObject({
      name: "ExchangeError",
      code: "unavailable",
    });
  });

  test.each(["hang", "stall"] as const)("a %s ends with the timeout", async (kind) => {
    await using setup = await loopback(dialect, { timeoutMs: 200 });
    await setup.exchange.tickers(patience());
    setup.server.troubles.make({ kind, times: 1 });
    expect(await failureOf(setup.exchange.tickers(patience()))).toMatchObject({
      name: "ExchangeError",
      code: "timeout",
    });
    expect(await setup.exchange.tickers(patience())).not.toBeEmpty();
  });

  test("a caller who gives up is let go at once, with his own reason", async () => {
    await using setup = await loopback(dialect);
    await setup.exchange.tickers(patience());
    setup.server.troubles.make({ kind: "hang", times: 1 });
    const giveUp = new AbortController();
    const failure = failureOf(setup.exchange.tickers(giveUp.signal));
    await Bun.sleep(50);
    const reason = new Error("the scan is over");
    giveUp.abort(reason);
    expect(await failure).toBe(reason);
    const asked = setup.server.requests();
    expect(await failureOf(setup.exchange.tickers(giveUp.signal))).toBe(reason);
    expect(setup.server.requests()).toBe(asked);
  });

  test("a caller who gives up cancels no other", async () => {
    await using setup = await loopback(dialect);
    const giveUp = new AbortController();
    const given = failureOf(setup.exchange.tickers(giveUp.signal));
    const context = setup.exchange.tickers(patience());
    giveUp.abort(new Error("no more"));
    expect(await given).toMatchObject({ message: "no more" });
    expect(await context).not.toBeEmpty();
  });

  test.each([
    "not json at all",
    '{"result":{"list":[',
    "null",
    '{"retCode":0,"result":{"list":"none"}}',
    '[{"symbol":"BTCUSDT"},null,7]',
  ])("garbage is a bad answer: %s", async (body) => {
    await using setup = await loopback(dialect);
    setup.server.troubles.make({ kind: "garbage", body, times: 1 });
    expect(await failureOf(setup.exchange.tickers(patience()))).toMatchObject({
      name: "ExchangeError",
      code: "bad-answer",
    });
    await setup.exchange.tickers(patience());
    setup.server.troubles.make({ kind: "garbage", body, path: "ticker", times: 1 });
    expect(await failureOf(setup.exchange.tickers(patience()))).toMatchObject({
      name: "ExchangeError",
      code: "bad-answer",
    });
  });
});
