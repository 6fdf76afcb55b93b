import { dayMs, hourMs, minuteMs } from "../../core/duration";
import type { Quote } from "./market";
import { candlesOf, wholeOf, type Lengths, type SimulatedRequest } from "./request";
import type { Traits } from "./traits";

const lengths: Lengths = {
  "1m": minuteMs,
  "3m": 3 * minuteMs,
  "5m": 5 * minuteMs,
  "15m": 15 * minuteMs,
  "30m": 30 * minuteMs,
  "1h": hourMs,
  "2h": 2 * hourMs,
  "4h": 4 * hourMs,
  "6h": 6 * hourMs,
  "12h": 12 * hourMs,
  "1d": dayMs,
};

/** Binance's spot REST v3, by path. */
export const binancePaths: Readonly<Record<string, (query: SimulatedRequest) => Response>> = {
  "/api/v3/time": ({ now }) => Response.json({ serverTime: now }),

  "/api/v3/exchangeInfo": ({ market, troubles, now }) =>
    Response.json({
      timezone: "UTC",
      serverTime: now,
      rateLimits: [{ rateLimitType: "REQUEST_WEIGHT", interval: "MINUTE", intervalNum: 1, limit: 6000 }],
      exchangeFilters: [],
      symbols: market.symbols.map((traits) =>
        instrument(traits, troubles.delisted.has(traits.symbol) ? "BREAK" : "TRADING"),
      ),
    }),

  "/api/v3/ticker/24hr": ({ parameters, market, troubles, now }) => {
    const wanted = parameters.get("symbol");
    if (wanted !== null && !market.symbols.some(({ symbol }) => symbol === wanted))
      return refused(-1121, "Invalid symbol.");
    const rows = market.symbols
      .filter(({ symbol }) => wanted === null || symbol === wanted)
      .flatMap(({ symbol }) => {
        const quote = market.quote(symbol, now, "binance-spot");
        if (quote === null) return [];
        return [
          troubles.spoiled.has(symbol)
            ? { symbol, lastPrice: null, priceChangePercent: "", closeTime: now }
            : ticker(symbol, quote, now),
        ];
      });
    return Response.json(wanted === null ? rows : rows[0]);
  },

  "/api/v3/klines": (query) => {
    const { parameters, market, troubles } = query;
    const symbol = parameters.get("symbol") ?? "";
    const lengthMs = lengths[parameters.get("interval") ?? ""];
    if (lengthMs === undefined) return refused(-1120, "Invalid interval.");
    if (!market.symbols.some((traits) => traits.symbol === symbol) || troubles.delisted.has(symbol))
      return refused(-1121, "Invalid symbol.");
    const limit = Math.min(1000, wholeOf(parameters, "limit") ?? 500);
    const candles = candlesOf(query, {
      symbol,
      lengthMs,
      venue: "binance-spot",
      since: wholeOf(parameters, "startTime"),
      last: wholeOf(parameters, "endTime"),
      limit,
    });
    return Response.json(
      candles.map(({ at, open, high, low, close, volume, turnover }) => [
        at,
        String(open),
        String(high),
        String(low),
        String(close),
        volume.toFixed(3),
        at + lengthMs - 1,
        turnover.toFixed(4),
        100,
        (volume / 2).toFixed(3),
        (turnover / 2).toFixed(4),
        "0",
      ]),
    );
  },
};

function refused(code: number, msg: string): Response {
  return Response.json({ code, msg }, { status: 400 });
}

function instrument({ symbol, base, quote, digits }: Traits, status: string): object {
  const step = (10 ** -digits).toFixed(digits);
  return {
    symbol,
    status,
    baseAsset: base,
    baseAssetPrecision: 8,
    quoteAsset: quote,
    quotePrecision: 8,
    quoteAssetPrecision: 8,
    orderTypes: ["LIMIT", "LIMIT_MAKER", "MARKET"],
    icebergAllowed: true,
    ocoAllowed: true,
    isSpotTradingAllowed: true,
    isMarginTradingAllowed: false,
    filters: [
      { filterType: "PRICE_FILTER", minPrice: step, maxPrice: "1000000.00000000", tickSize: step },
      { filterType: "LOT_SIZE", minQty: "0.00100000", maxQty: "9000000.00000000", stepSize: "0.00100000" },
    ],
    permissions: ["SPOT"],
  };
}

function ticker(symbol: string, { last, bid, ask, dayAgo, high, low, volume, turnover }: Quote, now: number): object {
  return {
    symbol,
    priceChange: String(last - dayAgo),
    priceChangePercent: (100 * (last / dayAgo - 1)).toFixed(3),
    weightedAvgPrice: (volume > 0 ? turnover / volume : last).toFixed(8),
    prevClosePrice: String(dayAgo),
    lastPrice: String(last),
    lastQty: "1.00000000",
    bidPrice: String(bid),
    bidQty: "1.00000000",
    askPrice: String(ask),
    askQty: "1.00000000",
    openPrice: String(dayAgo),
    highPrice: String(high),
    lowPrice: String(low),
    volume: volume.toFixed(3),
    quoteVolume: turnover.toFixed(4),
    openTime: now - dayMs,
    closeTime: now,
    firstId: 0,
    lastId: 0,
    count: 0,
  };
}
