import type { CandleTimeframe } from "../../core/candle";
import { candlesShape, type CandlesShape } from "../../views/market-data";
import { candlesQuery } from "../queries";
import { route, type Route } from "../route";

export interface CandleDeps {
  readonly now: () => number;
  readonly candles: (
    symbol: string,
    timeframe: CandleTimeframe,
    options: {
      readonly exchange?: string | undefined;
      readonly limit: number;
      /** Epoch ms. */
      readonly until?: number | undefined;
    },
  ) => CandlesShape;
}

export function candleRoutes(deps: CandleDeps): Route[] {
  return [
    route({
      method: "GET",
      path: "/api/candles",
      need: "dashboard.view",
      summary: "Closed candles of a symbol, oldest first",
      query: candlesQuery,
      answer: candlesShape,
      handle: ({ query: { symbol, timeframe, exchange, limit = 300, until } }) =>
        deps.candles(symbol, timeframe, { exchange, limit, until: until?.(deps.now()) }),
    }),
  ];
}
