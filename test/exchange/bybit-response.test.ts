import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { bybit, exchangeSchema } from "../../src/exchange/config";
import { openExchange } from "../../src/exchange/open";
import { patience } from "./loopback";

interface RealTicker {
  readonly symbol: string;
  readonly lastPrice: string;
  readonly price24hPcnt: string;
  readonly turnover24h: string;
  readonly bid1Price: string;
  readonly ask1Price: string;
  readonly fundingRate: string;
  readonly openInterestValue: string;
  readonly deliveryTime: string;
}

const bytes = readFileSync(join(import.meta.dir, "../fixtures/market/bybit-linear-tickers.json"));
const response = JSON.parse(bytes.toString()) as { time: number; result: { list: RealTicker[] } };
const rows = response.result.list;

/** What Bybit lists beside such tickers: perpetuals in USDT, in USDC as PERP, and dated futures in USDC. */
function instrumentOf({ symbol, deliveryTime }: RealTicker): object {
  const quote = symbol.endsWith("USDT") ? "USDT" : "USDC";
  const base = symbol.replace(/(USDT|PERP|-\d{2}[A-Z]{3}\d{2})$/, "");
  return {
    symbol,
    baseCoin: base,
    quoteCoin: quote,
    settleCoin: quote,
    status: "Trading",
    contractType: deliveryTime === "0" ? "LinearPerpetual" : "LinearFutures",
    deliveryTime,
    launchTime: "1585526400000",
  };
}

async function readResponse(listed: readonly RealTicker[]) {
  await using server = asyncServer(listed);
  const exchange = await openExchange(exchangeSchema.parse(bybit({ url: server.url })), {
    now: () => response.time,
    rateLimitMs: 0.1,
  });
  return await exchange.tickers(patience());
}

function asyncServer(listed: readonly RealTicker[]) {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      const { pathname, searchParams } = new URL(request.url);
      if (pathname.endsWith("/tickers"))
        return new Response(bytes, {
          headers: { "content-type": "application/json", date: new Date(response.time).toUTCString() },
        });
      return Response.json({
        retCode: 0,
        retMsg: "OK",
        result: {
          category: "linear",
          list: searchParams.has("status") ? [] : listed.map(instrumentOf),
          nextPageCursor: "",
        },
        time: response.time,
      });
    },
  });
  return { url: server.url.origin, [Symbol.asyncDispose]: () => server.stop(true) };
}

test("a real answer of Bybit: every one of its 541 tickers", async () => {
  const tickers = await readResponse(rows);
  expect(tickers).toHaveLength(541);
  expect(new Set(tickers.map(({ symbol }) => symbol)).size).toBe(541);
  expect(tickers.every(({ at }) => at === 1_738_039_587_959)).toBe(true);
  expect(tickers.filter(({ quote }) => quote === "USDT")).toHaveLength(491);
  const bySymbol = new Map(tickers.map((ticker) => [ticker.symbol, ticker]));
  expect(bySymbol.get("BTCUSDT")).toEqual({
    symbol: "BTCUSDT",
    quote: "USDT",
    market: "perp",
    last: 103_052.6,
    bid: 103_052.6,
    ask: 103_052.7,
    change: expect.closeTo(2.595, 9),
    turnover: 14_564_936_141.7499,
    fundingRate: 0.0000264,
    fundingHours: null,
    openInterest: 6_181_249_682.72,
    at: 1_738_039_587_959,
  });
  for (const row of rows.filter(({ symbol }) => symbol.endsWith("USDT"))) {
    const ticker = bySymbol.get(row.symbol)!;
    expect([row.symbol, ticker.last, ticker.turnover, ticker.fundingRate, ticker.openInterest]).toEqual([
      row.symbol,
      Number(row.lastPrice),
      Number(row.turnover24h),
      Number(row.fundingRate),
      Number(row.openInterestValue),
    ]);
    expect(ticker.change).toBeCloseTo(100 * Number(row.price24hPcnt), 9);
  }
});

test("its dated futures keep their date and have no funding; its USDC perpetuals are pairs like others", async () => {
  const tickers = await readResponse(rows);
  const bySymbol = new Map(tickers.map((ticker) => [ticker.symbol, ticker]));
  expect(bySymbol.get("BTCUSDC-250328")).toMatchObject({
    market: "future",
    quote: "USDC",
    fundingRate: null,
    last: Number(rows.find(({ symbol }) => symbol === "BTC-28MAR25")?.lastPrice),
  });
  expect(bySymbol.get("BTCUSDC")).toMatchObject({
    market: "perp",
    quote: "USDC",
    last: Number(rows.find(({ symbol }) => symbol === "BTCPERP")?.lastPrice),
  });
  expect(tickers.filter(({ market }) => market === "future")).toHaveLength(20);
});

test("tickers of what it does not list are left out", async () => {
  const tickers = await readResponse(rows.filter(({ symbol }) => symbol.endsWith("USDT")));
  expect(tickers).toHaveLength(491);
});
