import { z } from "zod";
import { candleTimeframes } from "../core/candle";
import { regimes, type MarketView } from "../core/market";
import { ageOf, isStaleQuote } from "../core/quote-age";
import type { Ticker } from "../core/ticker";
import { isoOf } from "./shape";
import { agedMarketShape } from "./market";
import { alertShape } from "./alerts";
import { opportunityShape } from "./opportunities";
import { signalShape } from "./signals";

const number = z.number().nullable();
const moverShape = z.object({ symbol: z.string(), change: z.number().meta({ description: "24 h, percent" }) });

/** The whole market: one view of it, a row an exchange, movers, and what every watched symbol does. */
export const marketDetailShape = agedMarketShape
  .extend({
    gainers: z.array(moverShape),
    losers: z.array(moverShape),
    funding: z
      .object({
        mean: z.number(),
        highest: z.object({ symbol: z.string(), rate: z.number() }),
        lowest: z.object({ symbol: z.string(), rate: z.number() }),
        pairs: z.number(),
      })
      .nullable(),
    exchanges: z.array(
      z.object({
        name: z.string(),
        regime: z.enum(regimes).nullable(),
        active_pairs: number,
        avg_volume: number,
        total_volume: number,
        volatility: number,
        realised_volatility: number,
        last_updated: z.iso.datetime().meta({ description: "when its quotes were so, by its own word" }),
        age_seconds: z.number(),
        stale: z.boolean(),
      }),
    ),
    symbols: z
      .array(z.object({ symbol: z.string(), exchange: z.string(), change: number, turnover: number }))
      .meta({ description: "the watched ones, the most traded first" }),
  })
  .meta({ id: "MarketDetail" });
export type MarketDetail = z.infer<typeof marketDetailShape>;

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

export const symbolDetailShape = z
  .object({
    symbol: z.string(),
    exchange: z.string().nullable(),
    last: number,
    change: number.meta({ description: "24 h, percent" }),
    turnover: number.meta({ description: "24 h, quote currency" }),
    funding_rate: number.meta({ description: "ratio per interval" }),
    funding_interval_hours: number,
    funding_rate_8h: number.meta({ description: "ratio per 8 h, as rates are compared" }),
    open_interest: number,
    quoted_at: z.iso.datetime().nullable(),
    age_seconds: number,
    stale_after_seconds: z
      .number()
      .meta({ description: "an older quote is not the price of now; the same for every exchange" }),
    stale: z.boolean().nullable(),
    statistics: z.array(
      z.object({
        timeframe: z.enum(candleTimeframes),
        beta: z.number(),
        correlation: z.number(),
        n: z.number().int(),
        median_beta: number,
      }),
    ),
    signals: z.array(signalShape),
    alerts: z.array(alertShape),
    opportunities: z.array(opportunityShape),
  })
  .meta({ id: "SymbolDetail" });
export type SymbolDetail = z.infer<typeof symbolDetailShape>;

/** What one exchange last said. */
export interface ExchangeFacts {
  readonly exchange: string;
  /** When it answered, epoch ms. */
  readonly at: number;
  /** When most of its quotes were so, by its own word. */
  readonly quotedAt: number;
  readonly view: MarketView;
  readonly watched: readonly Ticker[];
}

export function marketDetail(
  market: z.infer<typeof agedMarketShape>,
  exchanges: readonly ExchangeFacts[],
  now: number,
): MarketDetail {
  const leading = exchanges.find(({ exchange }) => exchange === market.source) ?? null;
  return {
    ...market,
    gainers: [...(leading?.view.gainers ?? [])],
    losers: [...(leading?.view.losers ?? [])],
    funding: leading?.view.funding ?? null,
    exchanges: exchanges.map(({ exchange, quotedAt, view }) => ({
      name: exchange,
      regime: view.regime,
      active_pairs: view.activePairs,
      avg_volume: view.averageVolume,
      total_volume: view.totalVolume,
      volatility: view.dispersion,
      realised_volatility: view.realisedVolatility,
      last_updated: isoOf(quotedAt),
      age_seconds: Math.round(ageOf(quotedAt, now) / 1000),
      stale: isStaleQuote(quotedAt, now),
    })),
    symbols: exchanges.flatMap(({ exchange, watched }) =>
      watched.map(({ symbol, change, turnover }) => ({ symbol, exchange, change, turnover })),
    ),
  };
}
