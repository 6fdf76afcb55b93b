import { z } from "zod";
import { candleTimeframes } from "../core/candle";
import { words } from "../core/decide/decision";
import { fundingPerSpan } from "../core/overview/funding";
import { ageOf, isStaleQuote, quoteStaleAfterMs } from "../core/quote-age";
import { directions } from "../core/signal";
import type { Ticker } from "../core/ticker";
import { Aggregates } from "../store/aggregates";
import type { Database } from "../store/db";
import type { Reach } from "../store/reach";
import { alertShape } from "./alerts";
import { number } from "./fields";
import { opportunityShape } from "./opportunities";
import { idOf, isoOf } from "./shape";
import { signalShape } from "./signals";

/** Symbols with a signal lately, each with its newest signals and what their scores are made of. */
export const symbolsShape = z
  .object({
    components: z
      .array(z.string())
      .meta({ description: "names of score components, the most used first; `parts` follow this order" }),
    items: z.array(
      z.object({
        symbol: z.string(),
        signals: z.number().int().meta({ description: "received since" }),
        history: z
          .array(
            z.object({
              id: z.string(),
              timestamp: z.iso.datetime(),
              received_at: z.iso.datetime(),
              source: z.string(),
              direction: z.enum(directions),
              score: number,
              strength: number,
              decision: z.enum(words),
              parts: z
                .array(number)
                .meta({ description: "score of each component, 0 to 100; empty where the report gives none" }),
            }),
          )
          .meta({ description: "the newest signals, oldest first, whenever they came" }),
      }),
    ),
  })
  .meta({ id: "Symbols" });
export type SymbolsShape = z.infer<typeof symbolsShape>;

/** More names than this are no components of one system any more. */
const componentsMax = 12;

export function symbolsView(
  database: Database,
  { since, limit, depth }: { readonly since: number; readonly limit: number; readonly depth: number },
  reach: Reach,
): SymbolsShape {
  const aggregates = new Aggregates(database, reach);
  const found = aggregates.symbols(since, limit);
  const newest = aggregates.historiesOf(
    found.map(({ symbol }) => symbol),
    depth,
  );
  const histories = found.map(({ symbol, signals }, index) => ({
    symbol,
    signals,
    newestFirst: (newest[index] ?? []).toReversed(),
  }));
  const used = new Map<string, number>();
  for (const { newestFirst } of histories)
    for (const { components } of newestFirst)
      for (const { name, score } of components) if (score !== null) used.set(name, (used.get(name) ?? 0) + 1);
  const names = [...used]
    .toSorted(([a, times], [b, others]) => others - times || (a < b ? -1 : 1))
    .slice(0, componentsMax)
    .map(([name]) => name);
  return {
    components: names,
    items: histories.map(({ symbol, signals, newestFirst }) => ({
      symbol,
      signals,
      history: newestFirst.map(({ row, components }) => {
        const scores = new Map(components.map(({ name, score }) => [name, score]));
        return {
          id: idOf("s", row.seq),
          timestamp: isoOf(row.observedAt),
          received_at: isoOf(row.receivedAt),
          source: row.source,
          direction: row.direction as (typeof directions)[number],
          score: row.score,
          strength: row.strength,
          decision: row.decision as (typeof words)[number],
          parts: components.length === 0 ? [] : names.map((name) => scores.get(name) ?? null),
        };
      }),
    })),
  };
}

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

/** What the exchanges say of a symbol now; `ticker` undefined: none of them quotes it. */
export function quotedSymbol(
  symbol: string,
  exchange: string | null,
  ticker: Ticker | undefined,
  now: number,
): Omit<SymbolDetail, "statistics" | "signals" | "alerts" | "opportunities"> {
  return {
    symbol,
    exchange,
    last: ticker?.last ?? null,
    change: ticker?.change ?? null,
    turnover: ticker?.turnover ?? null,
    funding_rate: ticker?.fundingRate ?? null,
    funding_interval_hours: ticker?.fundingHours ?? null,
    funding_rate_8h: ticker ? fundingPerSpan(ticker) : null,
    open_interest: ticker?.openInterest ?? null,
    quoted_at: ticker ? isoOf(ticker.at) : null,
    age_seconds: ticker ? Math.round(ageOf(ticker.at, now) / 1000) : null,
    stale_after_seconds: quoteStaleAfterMs / 1000,
    stale: ticker ? isStaleQuote(ticker.at, now) : null,
  };
}
