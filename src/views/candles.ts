import { z } from "zod";
import { candleTimeframes } from "../core/candle";
import { number } from "./fields";

const prices = { open: z.number(), high: z.number(), low: z.number(), close: z.number(), volume: z.number() };

export const candlesShape = z
  .object({
    symbol: z.string(),
    exchange: z.string().nullable(),
    timeframe: z.enum(candleTimeframes),
    newest_at: z.iso.datetime().nullable().meta({
      description: "when the newest candle kept of the series closed, by our clock, whatever part of it was asked for",
    }),
    age_seconds: number.meta({ description: "since then" }),
    stale_after_seconds: z
      .number()
      .meta({ description: "an older one says that candles no longer come: its length and 5 minutes" }),
    stale: z.boolean().nullable(),
    items: z
      .array(
        z.object({
          at: z.iso.datetime(),
          ...prices,
          before: z
            .array(z.object({ revised_at: z.iso.datetime(), ...prices }))
            .optional()
            .meta({
              description:
                "what the exchange said of it until it corrected that, oldest first; what was judged meanwhile was judged by this",
            }),
        }),
      )
      .meta({ description: "closed ones, oldest first; a gap stays a gap" }),
  })
  .meta({ id: "Candles" });
export type CandlesShape = z.infer<typeof candlesShape>;
