import { z } from "zod";
import { source, symbol, until, whole } from "../../core/query-text";
import { candleTimeframes, type CandleTimeframe } from "../../core/candle";
import { candlesShape, type CandlesShape } from "../../views/candles";
import { route, type Route } from "../route";

const candlesQuery = z.strictObject({
  symbol,
  timeframe: z.enum(candleTimeframes).describe("How long a candle is."),
  exchange: source.optional().describe("The first configured exchange that has the symbol, where left out."),
  limit: whole(1, 1000).optional().describe("At most so many."),
  until: until.optional(),
});

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
