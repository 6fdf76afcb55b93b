import { describe, expect, test } from "bun:test";
import { binance, bybit, exchangeSchema, type ExchangeFile } from "../../src/exchange/config";
import type { Exchange } from "../../src/exchange/exchange";
import { openExchange } from "../../src/exchange/open";
import { startDocumentedExchange, type DocumentedExchange } from "./documented-exchange";
import { failureOf, patience } from "./loopback";

const minute = 60_000;
/** 20 s into a minute. */
const noon = Date.parse("2026-03-10T12:00:20Z");

const kinds: Readonly<Record<string, (url: string) => ExchangeFile>> = {
  "Bybit linear": (url) => bybit({ url, timeoutMs: 300 }),
  "Binance spot": (url) => binance({ url, timeoutMs: 300 }),
  "Binance linear": (url) => binance({ url, timeoutMs: 300, market: "linear" }),
};

interface World extends AsyncDisposable {
  readonly there: DocumentedExchange;
  readonly exchange: Exchange;
  /** Our clocks: how far the wall clock is ahead of the exchange's, and what passes by both. */
  readonly ours: { aheadMs: number; waitedMs: number };
}

/** Knows what is listed already. */
async function world(kind: string, config?: (url: string) => ExchangeFile): Promise<World> {
  const there = startDocumentedExchange(noon);
  const ours = { aheadMs: 0, waitedMs: 0 };
  const file = (config ?? kinds[kind]!)(there.url);
  const exchange = await openExchange(exchangeSchema.parse(file), {
    now: () => there.now + ours.aheadMs,
    elapsed: () => performance.now() + ours.waitedMs,
    rateLimitMs: 0,
  });
  return { there, exchange, ours, [Symbol.asyncDispose]: () => there[Symbol.asyncDispose]() };
}

const hour = { since: noon - 60 * minute, until: noon };
const page = (status: number) => () =>
  new Response("<!DOCTYPE html><html><body>Just a moment...</body></html>", {
    status,
    headers: { "content-type": "text/html" },
  });
const json =
  (body: object, status = 200, headers: Record<string, string> = {}) =>
  () =>
    Response.json(body, { status, headers });

/** What it answers every request with, what we make of it, and for how long it is left alone. */
const refusals: Readonly<Record<string, readonly [answer: () => Response, code: string, restMs: number | null]>> = {
  "a web page with 200": [page(200), "unavailable", minute],
  "a geographic block by 403": [
    () =>
      new Response("<HTML>The Amazon CloudFront distribution is configured to block access from your country.</HTML>", {
        status: 403,
        headers: { "content-type": "text/html" },
      }),
    "unavailable",
    minute,
  ],
  "451": [
    json({ code: 0, msg: "Service unavailable from a restricted location according to 'b. Eligibility'" }, 451),
    "unavailable",
    minute,
  ],
  "403 access too frequent": [
    () => new Response("403, access too frequent", { status: 403 }),
    "rate-limited",
    10 * minute,
  ],
  "429 with Retry-After": [
    json({ code: -1003, msg: "Too many requests" }, 429, { "retry-after": "17" }),
    "rate-limited",
    17_000,
  ],
  "429 that says nothing": [json({}, 429), "rate-limited", minute],
  "418, banned until a time": [
    json(
      {
        code: -1003,
        msg: `Way too many requests; IP(1.2.3.4) banned until ${noon + 7 * minute}. Please use WebSocket Streams.`,
      },
      418,
    ),
    "rate-limited",
    7 * minute,
  ],
  "the longer of two": [
    json({ code: -1003, msg: `Way too many requests; IP banned until ${noon + 7 * minute}.` }, 418, {
      "retry-after": "5",
    }),
    "rate-limited",
    7 * minute,
  ],
  "10006 with a time of reset": [
    json({ retCode: 10_006, retMsg: "Too many visits!", result: {}, retExtInfo: {}, time: noon }, 200, {
      "x-bapi-limit-reset-timestamp": String(noon + 4000),
    }),
    "rate-limited",
    4000,
  ],
  "10018": [
    json({ retCode: 10_018, retMsg: "Exceeded the IP Rate Limit.", result: {}, retExtInfo: {}, time: noon }),
    "rate-limited",
    minute,
  ],
  "503 with Retry-After": [json({}, 503, { "retry-after": "30" }), "unavailable", 30_000],
  "503 maintenance": [page(503), "unavailable", minute],
  "a redirect": [
    () => new Response(null, { status: 302, headers: { location: "https://maintenance.example/" } }),
    "unavailable",
    minute,
  ],
  "null": [json(null as unknown as object), "bad-answer", null],
  "nothing at all": [() => new Response(""), "bad-answer", null],
  "cut off": [
    () => new Response('{"retCode":0,"result":{"list":[["17', { headers: { "content-type": "application/json" } }),
    "bad-answer",
    null,
  ],
};

describe.each(Object.keys(kinds))("%s", (kind) => {
  test.each(Object.keys(refusals))("%s", async (name) => {
    await using here = await world(kind);
    await here.exchange.tickers(patience());
    const [answer, code, restMs] = refusals[name]!;
    here.there.instead = answer;
    expect(await failureOf(here.exchange.candles("ETHUSDT", "1m", hour, patience()))).toMatchObject({
      name: "ExchangeError",
      code,
      retryAfterMs: restMs,
    });
    here.there.instead = null;
    const asked = here.there.asked.length;
    if (restMs !== null) {
      expect(await failureOf(here.exchange.tickers(patience()))).toMatchObject({ name: "ExchangeError", code });
      expect(here.there.asked.length).toBe(asked);
      here.ours.waitedMs += restMs;
    }
    expect(await here.exchange.candles("ETHUSDT", "1m", hour, patience())).toHaveLength(59);
  });

  test(
    "what is listed: perpetuals, dated ones apart, multiplied ones by their own name; what is closed, " +
      "renamed or not there yet is not quoted",
    async () => {
      await using here = await world(kind);
      const symbols = (await here.exchange.tickers(patience()))
        .map(({ symbol, market }) => `${symbol} ${market}`)
        .toSorted();
      const usual = ["1000PEPEUSDT", "BTCUSDT", "ETHUSDT", "POLUSDT"].map(
        (symbol) => `${symbol} ${kind.endsWith("spot") ? "spot" : "perp"}`,
      );
      for (const each of usual) expect(symbols).toContain(each);
      expect(symbols.join()).not.toMatch(/MATIC|NEWUSDT/);
      expect(symbols.filter((each) => each.endsWith("future"))).toHaveLength(kind.endsWith("spot") ? 0 : 1);
      here.there.pairs.get("POLUSDT")!.status = "Closed";
      expect(await failureOf(here.exchange.candles("POLUSDT", "1m", hour, patience()))).toMatchObject({
        name: "ExchangeError",
        code: "unknown-symbol",
      });
    },
  );

  test("candles in any order, twice, with some missing and the one in the making among them: each closed one once, gaps stay", async () => {
    await using here = await world(kind);
    const straight = await here.exchange.candles("ETHUSDT", "1m", hour, patience());
    here.there.rows = (rows) => [
      ...rows.filter((_, index) => index % 7 !== 3),
      ...rows.slice(0, 9),
      [String(noon), null, "x"],
      null,
    ];
    const odd = await here.exchange.candles("ETHUSDT", "1m", hour, patience());
    expect(odd.length).toBeLessThan(straight.length);
    expect(odd.every(({ at }, index) => index === 0 || at > odd[index - 1]!.at)).toBe(true);
    for (const candle of odd) expect(straight).toContainEqual(candle);
    expect(straight.at(-1)!.at).toBe(Date.parse("2026-03-10T11:59:00Z"));
    here.there.rows = () => [];
    expect(await here.exchange.candles("ETHUSDT", "1m", hour, patience())).toEqual([]);
  });

  test("our clock five minutes ahead: what is in the making there is not closed, and quotes are new", async () => {
    await using here = await world(kind);
    here.ours.aheadMs = 5 * minute;
    const [ticker] = await here.exchange.tickers(patience());
    expect(here.exchange.clockAheadMs).toBeWithin(298_000, 302_000);
    expect(Math.abs(here.there.now + here.ours.aheadMs - ticker!.at)).toBeLessThan(2000);
    const candles = await here.exchange.candles(
      "ETHUSDT",
      "1m",
      { since: noon - 60 * minute, until: noon + 5 * minute },
      patience(),
    );
    expect(candles.at(-1)!.at).toBe(Date.parse("2026-03-10T11:59:00Z"));
  });

  test("an answer that trickles ends with the timeout", async () => {
    await using here = await world(kind);
    await here.exchange.tickers(patience());
    here.there.instead = () =>
      new Response(
        new ReadableStream({
          async pull(body) {
            await Bun.sleep(50);
            body.enqueue(new TextEncoder().encode("["));
          },
        }),
      );
    expect(await failureOf(here.exchange.tickers(patience()))).toMatchObject({
      name: "ExchangeError",
      code: "timeout",
    });
  });
});

test("no such host: unavailable, and no pause follows", async () => {
  await using here = await world("Bybit linear", () => bybit({ url: "http://no-such-exchange.invalid" }));
  for (let tries = 0; tries < 2; tries++)
    expect(await failureOf(here.exchange.tickers(patience()))).toMatchObject({
      name: "ExchangeError",
      code: "unavailable",
      retryAfterMs: null,
    });
});

test("Bybit's time stands still: its quotes grow old, and our clock is not blamed for it", async () => {
  await using here = await world("Bybit linear");
  here.there.frozenTime = noon;
  await here.exchange.tickers(patience());
  here.there.now += 10 * minute;
  here.ours.waitedMs += 10 * minute;
  const [ticker] = await here.exchange.tickers(patience());
  expect(here.exchange.clockAheadMs).toBe(0);
  expect(here.there.now - ticker!.at).toBe(10 * minute);
});

test("nearly all of Binance's weight is used, by whoever: the rest of the minute is theirs", async () => {
  const there = startDocumentedExchange(noon);
  await using _ = there;
  const exchange = await openExchange(exchangeSchema.parse(binance({ url: there.url })), { now: () => there.now });
  there.headers = { "x-mbx-used-weight-1m": "4900" };
  await failureOf(exchange.tickers(patience()));
  const asked = there.asked.length;
  expect(await failureOf(exchange.tickers(patience()))).toMatchObject({
    code: "rate-limited",
    message: expect.stringContaining("by others too") as string,
  });
  expect(there.asked.length).toBe(asked);
});

test("a coin that has another's name is called otherwise or left out, with its candles; funding has its interval", async () => {
  await using here = await world("Bybit linear", (url) =>
    bybit({ url, assets: { map: { POL: "POLYGON" }, exclude: ["ETH"] } }),
  );
  const tickers = await here.exchange.tickers(patience());
  const names = tickers.map(({ symbol }) => symbol);
  expect(names).toContain("POLYGONUSDT");
  expect(names).not.toContain("POLUSDT");
  expect(names).not.toContain("ETHUSDT");
  expect((await here.exchange.candles("POLYGONUSDT", "1m", hour, patience())).length).toBeGreaterThan(0);
  expect(await failureOf(here.exchange.candles("POLUSDT", "1m", hour, patience()))).toMatchObject({
    code: "unknown-symbol",
  });
  expect(tickers.find(({ symbol }) => symbol === "BTCUSDT")).toMatchObject({ market: "perp", fundingHours: 8 });
});
