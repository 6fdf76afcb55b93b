import { z } from "zod";
import { alertStates, alertTypes, endReasons, priorities } from "../core/alert";
import { words } from "../core/decide/decision";
import { figureNames } from "../core/figure";
import { regimes } from "../core/market";
import { riskLevels } from "../core/opportunity";
import { directions } from "../core/signal";

/** What callers are shown: the API, the socket and the command line speak these shapes and no others. */

const time = z.iso.datetime().meta({ description: "ISO 8601, UTC, milliseconds" });
const number = z.number().nullable();
const text = z.string().nullable();

export const signalShape = z
  .object({
    id: z.string(),
    symbol: z.string(),
    signal: z.string().meta({ description: "the report's own word" }),
    direction: z.enum(directions),
    score: number.meta({ description: "0 to 100 as reported" }),
    strength: number.meta({ description: "conviction 0 to 100 whatever the direction" }),
    reliability: number.meta({ description: "percent" }),
    price: number,
    timestamp: time.meta({ description: "when the market was so" }),
    received_at: time,
    source: z.string(),
    strategy: text,
    timeframe: text,
    exchange: text,
    filename: z.string(),
    decision: z.enum(words).meta({ description: "raised, or what stopped it" }),
    undated: z.boolean().meta({ description: "the report carries no time; its file's was taken" }),
    revisions: z.number().int().meta({ description: "how often it was told differently since: repainted" }),
  })
  .meta({ id: "Signal" });
export type SignalShape = z.infer<typeof signalShape>;

export const alertShape = z
  .object({
    id: z.string(),
    kind: z.enum(["event", "state"]),
    state: z.enum(alertStates),
    type: z.enum(alertTypes),
    priority: z.enum(priorities),
    message: z.string(),
    timestamp: time.meta({ description: "when it was raised" }),
    source: text,
    symbol: text,
    direction: z.enum(directions).nullable(),
    rule: z.string(),
    signal_id: text.meta({ description: "the signal or opportunity it tells of" }),
    subject_id: text.meta({
      description:
        "what it tells of: s12 a signal, o14 an opportunity, m15 a view of the market; null where it is about the desk itself",
    }),
    expires_at: time.nullable(),
    ended_at: time.nullable(),
    end_reason: z.enum(endReasons).nullable().meta({
      description:
        "superseded: its source says the opposite now. expired: its time was over. condition-over: it is so no longer. not-repeated: who told it tells it no more. gone: what it spoke of is no longer configured, or no longer as it was",
    }),
    superseded_by: text,
  })
  .meta({ id: "Alert" });
export type AlertShape = z.infer<typeof alertShape>;

export const opportunityShape = z
  .object({
    id: z.string(),
    symbol: z.string(),
    pattern: z.string(),
    confidence: number.meta({ description: "ratio" }),
    alpha_potential: number.meta({ description: "ratio" }),
    risk_level: z.enum(riskLevels).nullable(),
    timestamp: time,
    received_at: time,
    source: z.string(),
    decision: z.enum(words),
  })
  .meta({ id: "Opportunity" });
export type OpportunityShape = z.infer<typeof opportunityShape>;

/** An opportunity as of one moment. */
const agedOpportunityShape = opportunityShape
  .extend({ age_seconds: z.number(), stale: z.boolean() })
  .meta({ id: "AgedOpportunity" });

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
      .meta({ description: "pairs too far from the others to tell of the market, the farthest five" }),
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
  .meta({ id: "Figure", description: "told by a configured source, and by nobody else" });

export const agedMarketShape = marketShape
  .extend({
    btc_dominance: number.meta({ description: "percent of the market cap" }),
    fear_and_greed: number.meta({ description: "0 extreme fear, 100 extreme greed" }),
    figures: z.array(figureShape).meta({ description: "who told market cap, dominance, fear and greed, and when" }),
    age_seconds: number,
    stale: z.boolean().nullable(),
  })
  .meta({ id: "AgedMarket" });

const systemStatusShape = z
  .object({
    status: z.enum(["starting", "online", "degraded"]),
    uptime: z.string(),
    uptime_seconds: z.number(),
    cpu_usage: number.meta({ description: "percent of the host" }),
    memory_usage: number.meta({ description: "percent of the host" }),
    disk_usage: number.meta({ description: "percent of the data folder's disk" }),
    active_connections: z.number().int(),
    last_scan: time.nullable(),
  })
  .meta({ id: "SystemStatus" });
export type SystemStatusShape = z.infer<typeof systemStatusShape>;

export const overviewShape = z
  .object({
    timestamp: time,
    demo: z.boolean(),
    signals: z.array(signalShape),
    market: agedMarketShape,
    alerts: z.array(alertShape),
    alpha_opportunities: z.array(agedOpportunityShape),
    held_back: z.record(z.string(), z.number().int()),
    system_status: systemStatusShape,
  })
  .meta({ id: "Overview" });
export type OverviewShape = z.infer<typeof overviewShape>;

export const decisionShape = z
  .object({
    id: z.string(),
    outcome: z.enum(["raised", "held", "not-worth"]),
    word: z.enum(words).meta({ description: "raised, or the verdict or gate that stopped it" }),
    rule: z.string(),
    subject_id: text.meta({
      description:
        "what was judged: s12 a signal, o14 an opportunity, m15 a view of the market, r16 what was received; null where an older version did not keep it",
    }),
    alert_id: z.string().nullable(),
    timestamp: z.iso.datetime(),
    source: z.string().nullable(),
    symbol: z.string().nullable(),
    priority: z.enum(priorities),
    strength: z.number().nullable(),
    note: z.string().nullable().meta({ description: "the numbers that decided" }),
  })
  .meta({ id: "Decision" });
export type DecisionShape = z.infer<typeof decisionShape>;

export const quarantineShape = z
  .object({
    file: z.string().meta({ description: "relative to its source's folder; file#2 is an element of a file of many" }),
    source: z.string(),
    reason: z.string(),
    detail: z.string(),
    first_seen: z.iso.datetime(),
    last_seen: z.iso.datetime(),
    attempts: z.number().int(),
  })
  .meta({ id: "QuarantinedFile" });
export type QuarantineShape = z.infer<typeof quarantineShape>;
