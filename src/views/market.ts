import { z } from "zod";
import { figureNames } from "../core/figure";
import { regimes, type MarketView } from "../core/market";
import { ageOf, isStaleQuote } from "../core/quote-age";
import type { Ticker } from "../core/ticker";
import { storedJson } from "../store/fault";
import type { MarketRow } from "../store/rows";
import { number, text, time } from "./fields";
import { isoOf } from "./shape";

export const marketShape = z
  .object({
    active_pairs: number,
    avg_volume: number.meta({ description: "24 h turnover per pair, quote currency" }),
    total_volume: number.meta({ description: "24 h turnover of all pairs, quote currency" }),
    market_cap: number,
    volatility: number.meta({ description: "cross-sectional dispersion of 24 h changes, percent" }),
    realised_volatility: number.meta({ description: "BTC, annualised, percent" }),
    average_change: number.meta({ description: "mean 24 h change, percent" }),
    robust_change: number.meta({ description: "the same without outliers, which the regime is read from" }),
    outliers: z
      .array(z.object({ symbol: z.string(), change: z.number() }))
      .meta({ description: "pairs too far from the others to stand for the market, the farthest five" }),
    advancers: number,
    decliners: number,
    open_interest: number,
    regime: z.enum(regimes).nullable(),
    last_updated: time.nullable(),
    source: text,
  })
  .meta({ id: "Market" });
export type MarketShape = z.infer<typeof marketShape>;

const figureShape = z
  .object({ name: z.enum(figureNames), value: z.number(), source: z.string(), last_updated: time, stale: z.boolean() })
  .meta({ id: "Figure", description: "given by a configured source, and by no other" });

export const agedMarketShape = marketShape
  .extend({
    btc_dominance: number.meta({ description: "percent of the market cap" }),
    fear_and_greed: number.meta({ description: "0 extreme fear, 100 extreme greed" }),
    figures: z.array(figureShape).meta({ description: "who gave market cap, dominance, fear and greed, and when" }),
    age_seconds: number,
    stale: z.boolean().nullable(),
  })
  .meta({ id: "AgedMarket" });

const outliersShown = 5;

export function shapeMarket(row: MarketRow): MarketShape {
  const view = storedJson(row.body) as MarketView;
  return {
    active_pairs: view.activePairs,
    avg_volume: view.averageVolume,
    total_volume: view.totalVolume,
    market_cap: view.marketCap,
    volatility: view.dispersion,
    realised_volatility: view.realisedVolatility,
    average_change: view.averageChange,
    robust_change: view.robustChange ?? null,
    outliers: (view.outliers ?? []).slice(0, outliersShown),
    advancers: view.advancers,
    decliners: view.decliners,
    open_interest: view.openInterest,
    regime: view.regime,
    last_updated: isoOf(row.observedAt),
    source: row.source,
  };
}

/** No source has described the market yet. */
export const unknownMarket: MarketShape = {
  active_pairs: null,
  avg_volume: null,
  total_volume: null,
  market_cap: null,
  volatility: null,
  realised_volatility: null,
  average_change: null,
  robust_change: null,
  outliers: [],
  advancers: null,
  decliners: null,
  open_interest: null,
  regime: null,
  last_updated: null,
  source: null,
};

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
