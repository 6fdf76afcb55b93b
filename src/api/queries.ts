import { z } from "zod";
import { alertStates, alertTypes, priorities } from "../core/alert";
import { candleTimeframes } from "../core/candle";
import { words } from "../core/decision";
import { momentWords, parseMoment } from "../core/moment";
import { directions } from "../core/signal";
import { symbolOf } from "../core/symbol";
import { timeframes } from "../views/overview";

/** The query parameters, snake_case, and what each takes. Unknown ones are refused. */

/** A moment by the given clock, epoch ms. */
export type Moment = (now: number) => number;
const moment = z
  .string()
  .max(40)
  .transform((text, context): Moment => {
    // Whether it is a moment does not depend on the clock; which one it is may.
    if (parseMoment(text, 0) !== null) return (now) => parseMoment(text, now) ?? Number.NaN;
    context.addIssue({ code: "custom", message: `expected ${momentWords}` });
    return z.NEVER;
  });

const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "expected a whole number")
    .transform(Number)
    .pipe(z.number().int().min(least).max(most));

const decimal = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,12}(\.\d{1,12})?$/, "expected a number")
    .transform(Number)
    .pipe(z.number().min(least).max(most));

/** BTC/USDT, btc-usdt and BYBIT:BTCUSDT.P all ask for BTCUSDT. */
const symbol = z
  .string()
  .max(80)
  .transform((text, context) => {
    const named = symbolOf(text);
    if (named) return named.symbol;
    context.addIssue({ code: "custom", message: "expected a symbol such as BTCUSDT" });
    return z.NEVER;
  });
const source = z.string().min(1).max(40);
const outcome = z.enum(["raised", "held", "not-worth"]);
const search = z.string().min(1).max(200);

const page = {
  limit: whole(1, 100).optional(),
  cursor: z.string().max(100).optional(),
  since: moment.optional(),
  until: moment.optional(),
  format: z.enum(["json", "csv", "jsonl"]).optional(),
};

export const alertsQuery = z.strictObject({
  ...page,
  priority: z.enum(priorities).optional(),
  min_priority: z.enum(priorities).optional(),
  type: z.enum(alertTypes).optional(),
  symbol: symbol.optional(),
  source: source.optional(),
  state: z.enum(alertStates).optional(),
  q: search.optional(),
});

export const auditQuery = z.strictObject({ ...page, who: z.string().min(1).max(300).optional(), what: z.string().min(1).max(100).optional() });

export const recentAlertsQuery = z.strictObject({
  limit: whole(1, 100).optional(),
  priority: z.enum(priorities).optional(),
  alert_type: z.enum(alertTypes).optional(),
});

export const signalsQuery = z.strictObject({
  ...page,
  symbol: symbol.optional(),
  source: source.optional(),
  direction: z.enum(directions).optional(),
  timeframe: z.string().max(20).optional(),
  min_strength: decimal(0, 100).optional(),
  outcome: outcome.optional(),
  decision: z.enum(words).optional(),
  by: z.enum(["received", "observed", "strength", "score", "reliability", "price"]).optional(),
  order: z.enum(["asc", "desc"]).optional(),
  q: search.optional(),
});

export const opportunitiesQuery = z.strictObject({
  ...page,
  symbol: symbol.optional(),
  source: source.optional(),
  pattern: z.string().max(60).optional(),
  min_confidence: decimal(0, 1).optional(),
  outcome: outcome.optional(),
  q: search.optional(),
});

export const decisionsQuery = z.strictObject({
  ...page,
  outcome: outcome.optional(),
  verdict: z.enum(words).optional(),
  reason: z.enum(words).optional(),
  symbol: symbol.optional(),
  source: source.optional(),
  missed: z.string().max(40).optional().meta({ description: "id of an alert missed-while-away: what it sums up" }),
  q: search.optional(),
});

export const countsQuery = z.strictObject({ since: moment.optional(), symbol: symbol.optional(), source: source.optional() });

export const alertGroupsQuery = z.strictObject({
  since: moment.optional(),
  limit: whole(1, 100).optional(),
  priority: z.enum(priorities).optional(),
  type: z.enum(alertTypes).optional(),
  symbol: symbol.optional(),
  source: source.optional(),
});

export const symbolsQuery = z.strictObject({ since: moment.optional(), limit: whole(1, 100).optional(), depth: whole(1, 50).optional() });

export const quarantineQuery = z.strictObject({ ...page, source: source.optional(), reason: z.string().max(60).optional(), q: search.optional() });

export const scanBody = z.strictObject({ name: z.string().min(1).max(100) });

export const candlesQuery = z.strictObject({
  symbol,
  timeframe: z.enum(candleTimeframes),
  exchange: source.optional(),
  limit: whole(1, 1000).optional(),
  until: moment.optional(),
});

export const overviewQuery = z.strictObject({ timeframe: z.enum(Object.keys(timeframes) as [keyof typeof timeframes, ...(keyof typeof timeframes)[]]).optional() });
export const eventsQuery = z.strictObject({ after: whole(0, Number.MAX_SAFE_INTEGER), limit: whole(1, 1000).optional() });
export const configHistoryQuery = z.strictObject({ limit: whole(1, 1000).optional() });
export const configQuery = z.strictObject({ origins: z.enum(["0", "1"]).optional() });
/** What a page says that failed: enough to find the fault, and no more. */
export const browserError = z.strictObject({ message: z.string().min(1).max(500), stack: z.string().max(4000).optional(), page: z.string().max(300), version: z.string().max(40) });
/** All that is in quarantine, or what is of this source, or this file as the list names it. */
export const retryBody = z.strictObject({ file: z.string().min(1).max(1000).optional(), source: source.optional() });
export const noQuery = z.strictObject({});
