import { describe, expect, test } from "bun:test";
import { dialects, failureOf, loopback, noon, patience } from "./loopback";

const range = { since: noon - 3_600_000, until: noon };

describe.each(dialects)("trouble with %s", (dialect) => {
  test("429: nothing more is asked until it may be", async () => {
    await using desk = await loopback(dialect);
    await desk.exchange.tickers(patience());
    desk.server.troubles.make({ kind: "status", status: 429, retryAfter: "0.2", times: 1 });
    expect(await failureOf(desk.exchange.tickers(patience()))).toMatchObject({ code: "rate-limited", retryAfterMs: 200 });
    const asked = desk.server.asked();
    const refused = await failureOf(desk.exchange.candles("BTCUSDT", "1m", range, patience()));
    expect(refused).toMatchObject({ code: "rate-limited" });
    expect(desk.server.asked()).toBe(asked);
    await Bun.sleep((refused as { retryAfterMs: number }).retryAfterMs);
    expect(await desk.exchange.tickers(patience())).not.toBeEmpty();
  });

  test("429 to one of many: those still waiting for their turn are not asked", async () => {
    await using desk = await loopback(dialect);
    await desk.exchange.tickers(patience());
    desk.server.troubles.make({ kind: "status", status: 429, retryAfter: "1", times: 1 });
    const before = desk.server.asked();
    const many = await Promise.allSettled(desk.market.symbols.map(({ symbol }) => desk.exchange.candles(symbol, "1m", range, patience())));
    expect(many.filter(({ status }) => status === "rejected").length).toBeGreaterThan(15);
    expect(desk.server.asked() - before).toBeLessThan(45);
  });

  test("5xx: unavailable, left alone for a minute, for two when it fails again, and well again with the next answer", async () => {
    await using desk = await loopback(dialect);
    desk.server.troubles.make({ kind: "status", status: 503, body: "<html>maintenance</html>", path: "ticker", times: 2 });
    expect(await failureOf(desk.exchange.tickers(patience()))).toMatchObject({ name: "ExchangeError", code: "unavailable", retryAfterMs: 60_000 });
    const asked = desk.server.asked();
    expect(await failureOf(desk.exchange.tickers(patience()))).toMatchObject({ name: "ExchangeError", code: "unavailable" });
    expect(desk.server.asked()).toBe(asked);
    desk.wait(60_000);
    expect(await failureOf(desk.exchange.tickers(patience()))).toMatchObject({ retryAfterMs: 120_000 });
    desk.wait(120_000);
    expect(await desk.exchange.tickers(patience())).not.toBeEmpty();
  });

  test("nobody there: unavailable", async () => {
    const desk = await loopback(dialect);
    await desk[Symbol.asyncDispose]();
    expect(await failureOf(desk.exchange.tickers(patience()))).toMatchObject({ name: "ExchangeError", code: "unavailable" });
  });

  test.each(["hang", "stall"] as const)("a %s ends with the timeout", async (kind) => {
    await using desk = await loopback(dialect, { timeoutMs: 200 });
    await desk.exchange.tickers(patience());
    desk.server.troubles.make({ kind, times: 1 });
    expect(await failureOf(desk.exchange.tickers(patience()))).toMatchObject({ name: "ExchangeError", code: "timeout" });
    expect(await desk.exchange.tickers(patience())).not.toBeEmpty();
  });

  test("a caller who gives up is let go at once, with his own reason", async () => {
    await using desk = await loopback(dialect);
    await desk.exchange.tickers(patience());
    desk.server.troubles.make({ kind: "hang", times: 1 });
    const giveUp = new AbortController();
    const failure = failureOf(desk.exchange.tickers(giveUp.signal));
    await Bun.sleep(50);
    const reason = new Error("the scan is over");
    giveUp.abort(reason);
    expect(await failure).toBe(reason);
    const asked = desk.server.asked();
    expect(await failureOf(desk.exchange.tickers(giveUp.signal))).toBe(reason);
    expect(desk.server.asked()).toBe(asked);
  });

  test("a caller who gives up takes nobody with him", async () => {
    await using desk = await loopback(dialect);
    const giveUp = new AbortController();
    const given = failureOf(desk.exchange.tickers(giveUp.signal));
    const patient = desk.exchange.tickers(patience());
    giveUp.abort(new Error("no more"));
    expect(await given).toMatchObject({ message: "no more" });
    expect(await patient).not.toBeEmpty();
  });

  test.each(["not json at all", '{"result":{"list":[', "null", '{"retCode":0,"result":{"list":"none"}}', '[{"symbol":"BTCUSDT"},null,7]'])("garbage is a bad answer: %s", async (body) => {
    await using desk = await loopback(dialect);
    desk.server.troubles.make({ kind: "garbage", body, times: 1 });
    expect(await failureOf(desk.exchange.tickers(patience()))).toMatchObject({ name: "ExchangeError", code: "bad-answer" });
    await desk.exchange.tickers(patience());
    desk.server.troubles.make({ kind: "garbage", body, path: "ticker", times: 1 });
    expect(await failureOf(desk.exchange.tickers(patience()))).toMatchObject({ name: "ExchangeError", code: "bad-answer" });
  });
});
