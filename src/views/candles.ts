import { z } from "zod";
import { candleMs, candleTimeframes, type CandleTimeframe } from "../core/candle";
import { ageOf, candleStaleAfterMs } from "../core/quote-age";
import type { CandleSeries, CandleStore } from "../store/candles";
import { number } from "./fields";
import { isoOf } from "./shape";

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

/**
 * Candles of a series with what was said of each before, oldest first. `aheadMs`: how far our clock is ahead of the
 * exchange's; `series` null: no exchange is known to have it.
 */
export function candlesOf(
  store: CandleStore,
  series: CandleSeries | null,
  wanted: Pick<CandlesShape, "symbol" | "timeframe"> & { readonly limit: number; readonly until?: number | undefined },
  { now, aheadMs }: { readonly now: number; readonly aheadMs: number },
): CandlesShape {
  const { symbol, timeframe, limit, until } = wanted;
  const candles = series === null ? [] : store.last(series, limit, until);
  const revisions = series === null ? [] : store.revisions(series, candles[0]?.at ?? 0, candles.at(-1)?.at ?? 0);
  return {
    symbol,
    exchange: series?.exchange ?? null,
    timeframe,
    ...ageOfCandles(series === null ? null : store.newest(series), timeframe, now, aheadMs),
    items: candles.map(({ at, ...prices }) => {
      const before = revisions
        .filter((revision) => revision.at === at)
        .map(({ revisedAt, was }) => ({ revised_at: isoOf(revisedAt), ...was }));
      return { at: isoOf(at), ...prices, ...(before.length === 0 ? {} : { before }) };
    }),
  };
}

/** `newest`: when the newest of them opened by the exchange's clock, which ours is ahead of; null where there is none. */
function ageOfCandles(
  newest: number | null,
  timeframe: CandleTimeframe,
  now: number,
  aheadMs: number,
): Pick<CandlesShape, "newest_at" | "age_seconds" | "stale_after_seconds" | "stale"> {
  const staleAfterMs = candleStaleAfterMs(timeframe);
  if (newest === null)
    return { newest_at: null, age_seconds: null, stale_after_seconds: staleAfterMs / 1000, stale: null };
  const closedAt = newest + candleMs[timeframe] + aheadMs;
  const ageMs = ageOf(closedAt, now);
  return {
    newest_at: isoOf(closedAt),
    age_seconds: Math.round(ageMs / 1000),
    stale_after_seconds: staleAfterMs / 1000,
    stale: ageMs > staleAfterMs,
  };
}
