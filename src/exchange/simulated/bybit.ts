import { dayMs, hourMs, minuteMs } from "../../core/duration";
import type { Quote } from "./market";
import { candlesOf, wholeOf, type Lengths, type SimulatedRequest } from "./request";
import type { Traits } from "./traits";
import type { Venue } from "./venue";

const lengths: Lengths = {
  "1": minuteMs,
  "3": 3 * minuteMs,
  "5": 5 * minuteMs,
  "15": 15 * minuteMs,
  "30": 30 * minuteMs,
  "60": hourMs,
  "120": 2 * hourMs,
  "240": 4 * hourMs,
  "360": 6 * hourMs,
  "720": 12 * hourMs,
  D: dayMs,
};

const venues: Readonly<Record<string, Venue>> = { linear: "bybit-linear", spot: "bybit-spot" };

/** Bybit's v5 market REST, by path. */
export const bybitPaths: Readonly<Record<string, (query: SimulatedRequest) => Response>> = {
  "/v5/market/time": ({ now }) => ok(now, { timeSecond: String(Math.floor(now / 1000)), timeNano: `${now}000000` }),

  "/v5/market/instruments-info": ({ parameters, market, troubles, now }) => {
    const category = parameters.get("category") ?? "";
    if (venues[category] === undefined) return refused(now, "params error: Category is invalid");
    const prelaunch = parameters.get("status") === "PreLaunch";
    const statusOf = ({ symbol }: Traits) => (troubles.delisted.has(symbol) ? "Closed" : "Trading");
    const list = prelaunch
      ? []
      : market.symbols.map((traits) =>
          category === "spot"
            ? spotInstrument(traits, statusOf(traits))
            : linearInstrument(traits, statusOf(traits), market.openedAt),
        );
    return ok(now, { category, list, nextPageCursor: "" });
  },

  "/v5/market/tickers": ({ parameters, market, troubles, now }) => {
    const category = parameters.get("category") ?? "";
    const venue = venues[category];
    if (venue === undefined) return refused(now, "params error: Category is invalid");
    const wanted = parameters.get("symbol");
    const list = market.symbols
      .filter(({ symbol }) => wanted === null || symbol === wanted)
      .flatMap((traits) => {
        const quote = market.quote(traits.symbol, now, venue);
        if (quote === null) return [];
        if (troubles.spoiled.has(traits.symbol))
          return [{ symbol: traits.symbol, lastPrice: "", price24hPcnt: null, turnover24h: "NaN" }];
        return [category === "spot" ? spotTicker(traits, quote) : linearTicker(traits, quote, now)];
      });
    return ok(now, { category, list });
  },

  "/v5/market/kline": (query) => {
    const { parameters, market, now } = query;
    const category = parameters.get("category") ?? "";
    const symbol = parameters.get("symbol") ?? "";
    const venue = venues[category];
    const lengthMs = lengths[parameters.get("interval") ?? ""];
    if (venue === undefined || lengthMs === undefined) return refused(now, "params error: Invalid period!");
    if (!market.symbols.some((traits) => traits.symbol === symbol) || query.troubles.delisted.has(symbol))
      return refused(now, "Not supported symbols");
    const limit = Math.min(1000, wholeOf(parameters, "limit") ?? 200);
    const candles = candlesOf(query, {
      symbol,
      lengthMs,
      venue,
      since: wholeOf(parameters, "start"),
      last: wholeOf(parameters, "end"),
      limit,
    });
    const rows = candles.map(({ at, open, high, low, close, volume, turnover }) => [
      String(at),
      String(open),
      String(high),
      String(low),
      String(close),
      volume.toFixed(3),
      turnover.toFixed(4),
    ]);
    return ok(now, { category, symbol, list: rows.toReversed() });
  },
};

function ok(time: number, result: object): Response {
  return Response.json({ retCode: 0, retMsg: "OK", result, retExtInfo: {}, time });
}

function refused(time: number, retMsg: string): Response {
  return Response.json({ retCode: 10_001, retMsg, result: {}, retExtInfo: {}, time });
}

function linearInstrument({ symbol, base, quote, digits }: Traits, status: string, openedAt: number): object {
  return {
    symbol,
    contractType: "LinearPerpetual",
    status,
    baseCoin: base,
    quoteCoin: quote,
    settleCoin: quote,
    launchTime: String(openedAt),
    deliveryTime: "0",
    deliveryFeeRate: "",
    priceScale: String(digits),
    leverageFilter: { minLeverage: "1", maxLeverage: "50.00", leverageStep: "0.01" },
    priceFilter: { minPrice: tick(digits), maxPrice: "1999999.80", tickSize: tick(digits) },
    lotSizeFilter: {
      maxOrderQty: "1000000.000",
      minOrderQty: "0.001",
      qtyStep: "0.001",
      postOnlyMaxOrderQty: "1000000.000",
    },
    unifiedMarginTrade: true,
    fundingInterval: 480,
  };
}

function spotInstrument({ symbol, base, quote, digits }: Traits, status: string): object {
  return {
    symbol,
    baseCoin: base,
    quoteCoin: quote,
    innovation: "0",
    status,
    marginTrading: "none",
    lotSizeFilter: {
      basePrecision: "0.001",
      quotePrecision: "0.0000001",
      minOrderQty: "0.001",
      maxOrderQty: "1000000",
      minOrderAmt: "1",
      maxOrderAmt: "4000000",
    },
    priceFilter: { tickSize: tick(digits) },
  };
}

function linearTicker(traits: Traits, quote: Quote, now: number): object {
  const last = String(quote.last);
  return {
    ...spotTicker(traits, quote),
    indexPrice: last,
    markPrice: last,
    prevPrice1h: "",
    openInterest: (quote.openInterest / quote.last).toFixed(3),
    openInterestValue: quote.openInterest.toFixed(2),
    fundingRate: quote.fundingRate.toFixed(8),
    fundingIntervalHour: "8",
    nextFundingTime: String((Math.floor(now / (8 * hourMs)) + 1) * 8 * hourMs),
    predictedDeliveryPrice: "",
    basisRate: "",
    deliveryFeeRate: "",
    deliveryTime: "0",
    basis: "",
    preOpenPrice: "",
    preQty: "",
    curPreListingPhase: "",
  };
}

function spotTicker({ symbol }: Traits, { last, bid, ask, dayAgo, high, low, turnover, volume }: Quote): object {
  return {
    symbol,
    lastPrice: String(last),
    bid1Price: String(bid),
    bid1Size: "1.000",
    ask1Price: String(ask),
    ask1Size: "1.000",
    prevPrice24h: String(dayAgo),
    price24hPcnt: (last / dayAgo - 1).toFixed(6),
    highPrice24h: String(high),
    lowPrice24h: String(low),
    turnover24h: turnover.toFixed(4),
    volume24h: volume.toFixed(3),
  };
}

function tick(digits: number): string {
  return (10 ** -digits).toFixed(digits);
}
