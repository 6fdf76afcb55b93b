/**
 * An exchange written from what Bybit (v5) and Binance (spot v3, fapi v1) publish of their REST, and from nothing of ours: what a
 * request is answered with, in which order, with which headers, and what it looks like when they refuse.
 */
export interface DocumentedExchange extends AsyncDisposable {
  readonly url: string;
  /** Requests so far, as `path?query`. */
  readonly asked: string[];
  /** Its clock, epoch ms. */
  now: number;
  /** What every request is answered with instead; null: as usual. */
  instead: ((path: string) => Response | Promise<Response> | null) | null;
  /** Applied to the rows of every list of candles, in the order it answers them. */
  rows: (rows: (string | number)[][]) => unknown[];
  /** The `time` of Bybit's answers, where it is not its clock. */
  frozenTime: number | null;
  /** No Date header: Bun writes one of its own where there is none, so a malformed one stands for it. */
  undated: boolean;
  /** Sent with every answer. */
  headers: Record<string, string>;
  readonly pairs: Map<string, Pair>;
}

interface Pair {
  readonly base: string;
  readonly quote: string;
  status: "Trading" | "Closed" | "PreLaunch";
  readonly delivery?: number;
}

const minute = 60_000;
const lengths: Readonly<Record<string, number>> = {
  "1": minute,
  "5": 5 * minute,
  "30": 30 * minute,
  "240": 240 * minute,
  "1m": minute,
  "5m": 5 * minute,
  "30m": 30 * minute,
  "4h": 240 * minute,
};

const listedAtFirst: readonly (readonly [string, Pair])[] = [
  ["BTCUSDT", { base: "BTC", quote: "USDT", status: "Trading" }],
  ["ETHUSDT", { base: "ETH", quote: "USDT", status: "Trading" }],
  ["1000PEPEUSDT", { base: "1000PEPE", quote: "USDT", status: "Trading" }],
  ["BTCPERP", { base: "BTC", quote: "USDC", status: "Trading" }],
  ["POLUSDT", { base: "POL", quote: "USDT", status: "Trading" }],
  ["MATICUSDT", { base: "MATIC", quote: "USDT", status: "Closed" }],
  ["NEWUSDT", { base: "NEW", quote: "USDT", status: "PreLaunch" }],
  ["BTCUSDT-27MAR26", { base: "BTC", quote: "USDT", status: "Trading", delivery: Date.UTC(2026, 2, 27, 8) }],
];

export function startDocumentedExchange(now: number): DocumentedExchange {
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const { pathname, search, searchParams } = new URL(request.url);
      exchange.asked.push(pathname + search);
      const answer =
        (await exchange.instead?.(pathname)) ??
        answered(exchange, pathname, searchParams) ??
        new Response("Not Found", { status: 404 });
      if (!answer.headers.has("date"))
        answer.headers.set("date", exchange.undated ? "-" : new Date(exchange.now).toUTCString());
      for (const [name, value] of Object.entries(exchange.headers)) answer.headers.set(name, value);
      return answer;
    },
  });
  const exchange: DocumentedExchange = {
    url: `http://127.0.0.1:${server.port}`,
    asked: [],
    now,
    instead: null,
    rows: (rows) => rows,
    frozenTime: null,
    undated: false,
    headers: {},
    pairs: new Map(listedAtFirst.map(([symbol, pair]) => [symbol, { ...pair }])),
    [Symbol.asyncDispose]: () => server.stop(true),
  };
  return exchange;
}

function answered(exchange: DocumentedExchange, path: string, query: URLSearchParams): Response | null {
  const spot = path.startsWith("/api/v3/");
  if (spot || path.startsWith("/fapi/v1/"))
    return binance(exchange, path.split("/v3/")[1] ?? path.split("/v1/")[1] ?? "", query, spot);
  return path.startsWith("/v5/market/") ? bybit(exchange, path.slice("/v5/market/".length), query) : null;
}

function bybit(exchange: DocumentedExchange, endpoint: string, query: URLSearchParams): Response | null {
  const time = exchange.frozenTime ?? exchange.now;
  const ok = (result: object) => Response.json({ retCode: 0, retMsg: "OK", result, retExtInfo: {}, time });
  const pairs = [...exchange.pairs];
  if (endpoint === "time")
    return ok({ timeSecond: String(Math.floor(exchange.now / 1000)), timeNano: `${exchange.now}000000` });
  if (endpoint === "instruments-info") {
    // Two to a page: real ones hold 500, and there are more than that.
    const from = Number(query.get("cursor") ?? 0);
    const some = pairs.filter(
      ([, { status }]) => status === (query.get("status") ?? status) && (status !== "PreLaunch" || query.has("status")),
    );
    return ok({
      category: query.get("category"),
      list: some.slice(from, from + 2).map(([symbol, pair]) => instrument(symbol, pair)),
      nextPageCursor: from + 2 < some.length ? String(from + 2) : "",
    });
  }
  if (endpoint === "tickers")
    return ok({
      category: query.get("category"),
      list: pairs
        .filter(([, { status }]) => status === "Trading")
        .map(([symbol, { delivery }]) => bybitTicker(symbol, delivery)),
    });
  if (endpoint !== "kline") return null;
  const symbol = query.get("symbol") ?? "";
  if (exchange.pairs.get(symbol)?.status !== "Trading")
    return Response.json({ retCode: 10_001, retMsg: "Not supported symbols", result: {}, retExtInfo: {}, time });
  const length = lengths[query.get("interval") ?? ""] ?? minute;
  const limit = Number(query.get("limit") ?? 200);
  const end = Math.min(Number(query.get("end") ?? exchange.now), exchange.now);
  const rows = candlesBetween(Number(query.get("start") ?? 0), end, length)
    .slice(-limit)
    .map(({ at, prices, volume }) => [String(at), ...prices.map(String), String(volume), String(volume * 100)]);
  // The newest first; it is the one in the making.
  return ok({ category: query.get("category"), symbol, list: exchange.rows(rows.toReversed()) });
}

function binance(
  exchange: DocumentedExchange,
  endpoint: string,
  query: URLSearchParams,
  spot: boolean,
): Response | null {
  const pairs = [...exchange.pairs].filter(([, { delivery }]) => !spot || delivery === undefined);
  if (endpoint === "time") return Response.json({ serverTime: exchange.now });
  if (endpoint === "exchangeInfo")
    return Response.json({
      timezone: "UTC",
      serverTime: exchange.now,
      rateLimits: [],
      exchangeFilters: [],
      symbols: pairs.map(([symbol, pair]) => listedOnBinance(symbol, pair, spot)),
    });
  if (endpoint === "ticker/24hr") {
    // Pairs that trade no longer keep their last row.
    return Response.json(
      pairs
        .filter(([, { status }]) => status !== "PreLaunch")
        .map(([symbol]) => ({
          symbol,
          priceChange: "1.0",
          priceChangePercent: "1.000",
          lastPrice: "100.0",
          ...(spot ? { bidPrice: "99.9", askPrice: "100.1" } : {}),
          openPrice: "99",
          highPrice: "101",
          lowPrice: "98",
          volume: "100000",
          quoteVolume: "10000000",
          openTime: exchange.now - 86_400_000,
          closeTime: exchange.frozenTime ?? exchange.now,
          firstId: 1,
          lastId: 2,
          count: 2,
        })),
    );
  }
  if (endpoint !== "klines") return null;
  if (exchange.pairs.get(query.get("symbol") ?? "")?.status !== "Trading")
    return Response.json({ code: -1121, msg: "Invalid symbol." }, { status: 400 });
  const length = lengths[query.get("interval") ?? ""] ?? minute;
  const end = Math.min(Number(query.get("endTime") ?? exchange.now), exchange.now);
  const rows = candlesBetween(Number(query.get("startTime") ?? 0), end, length)
    .slice(0, Number(query.get("limit") ?? 500))
    .map(({ at, prices, volume }) => [
      at,
      ...prices.map(String),
      String(volume),
      at + length - 1,
      String(volume * 100),
      10,
      "1",
      "1",
      "0",
    ]);
  return Response.json(exchange.rows(rows));
}

/** Opened within, both included; the one in the making too. */
function candlesBetween(
  since: number,
  last: number,
  length: number,
): { at: number; prices: number[]; volume: number }[] {
  const first = Math.max(Math.ceil(since / length), Math.floor(last / length) - 5000);
  return Array.from({ length: Math.max(0, Math.floor(last / length) - first + 1) }, (_, index) => {
    const at = (first + index) * length;
    const open = 100 + ((at / length) % 7);
    return { at, prices: [open, open + 2, open - 1, open + 1], volume: 5 };
  });
}

function instrument(symbol: string, { base, quote, status, delivery }: Pair): object {
  return {
    symbol,
    contractType: delivery === undefined ? "LinearPerpetual" : "LinearFutures",
    status,
    baseCoin: base,
    quoteCoin: quote,
    settleCoin: quote,
    launchTime: "1584230400000",
    deliveryTime: String(delivery ?? 0),
    deliveryFeeRate: "",
    priceScale: "2",
    leverageFilter: { minLeverage: "1", maxLeverage: "100.00", leverageStep: "0.01" },
    priceFilter: { minPrice: "0.10", maxPrice: "1999999.80", tickSize: "0.10" },
    lotSizeFilter: { maxOrderQty: "1190.000", minOrderQty: "0.001", qtyStep: "0.001" },
    unifiedMarginTrade: true,
    fundingInterval: 480,
    copyTrading: "both",
  };
}

function bybitTicker(symbol: string, delivery: number | undefined): object {
  return {
    symbol,
    lastPrice: "100.0",
    indexPrice: "100",
    markPrice: "100",
    prevPrice24h: "99",
    price24hPcnt: "0.01",
    highPrice24h: "101",
    lowPrice24h: "98",
    openInterest: "10",
    openInterestValue: "1000",
    turnover24h: "10000000",
    volume24h: "100000",
    fundingRate: delivery === undefined ? "0.0001" : "",
    nextFundingTime: "0",
    bid1Price: "99.9",
    bid1Size: "1",
    ask1Price: "100.1",
    ask1Size: "1",
    deliveryTime: String(delivery ?? 0),
  };
}

function listedOnBinance(symbol: string, { base, quote, status, delivery }: Pair, spot: boolean): object {
  const filters = [
    { filterType: "PRICE_FILTER", minPrice: "0.01", maxPrice: "1000000", tickSize: "0.01" },
    { filterType: "LOT_SIZE", minQty: "0.001", maxQty: "9000", stepSize: "0.001" },
  ];
  const traded =
    status === "Trading" ? "TRADING" : status === "Closed" ? (spot ? "BREAK" : "SETTLING") : "PENDING_TRADING";
  const shared = {
    symbol,
    status: traded,
    baseAsset: base,
    quoteAsset: quote,
    baseAssetPrecision: 8,
    quotePrecision: 8,
    pricePrecision: 2,
    quantityPrecision: 3,
    orderTypes: ["LIMIT"],
    filters,
  };
  return spot
    ? { ...shared, isSpotTradingAllowed: true, permissions: ["SPOT"] }
    : {
        ...shared,
        pair: base + quote,
        contractType: delivery === undefined ? "PERPETUAL" : "CURRENT_QUARTER",
        deliveryDate: delivery ?? 4_133_404_800_000,
        marginAsset: quote,
      };
}
