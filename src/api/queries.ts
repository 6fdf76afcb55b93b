import { z } from "zod";
import { alertStates, alertTypes, priorities } from "../core/alert";
import { candleTimeframes } from "../core/candle";
import { words } from "../core/decide/decision";
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
const since = moment.meta({
  description: "Received from then on: ISO 8601, or how long ago, such as 30m, 4h, 2d.",
  parameter: { type: "string" },
});
const until = moment.meta({
  description: "Received before then: ISO 8601, or how long ago, such as 30m, 4h, 2d.",
  parameter: { type: "string" },
});

const whole = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "expected a whole number")
    .transform(Number)
    .pipe(z.number().int().min(min).max(max))
    .meta({ parameter: { type: "integer", minimum: min, maximum: max } });

const decimal = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}(\.\d{1,12})?$/, "expected a number")
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .meta({ parameter: { type: "number", minimum: min, maximum: max } });

/** BTC/USDT, btc-usdt and BYBIT:BTCUSDT.P all ask for BTCUSDT. */
const symbol = z
  .string()
  .max(80)
  .transform((text, context) => {
    const named = symbolOf(text);
    if (named) return named.symbol;
    context.addIssue({ code: "custom", message: "expected a symbol such as BTCUSDT" });
    return z.NEVER;
  })
  .describe("A symbol in any spelling: BTCUSDT, BTC/USDT and BYBIT:BTCUSDT.P ask for the same.");
const source = z.string().min(1).max(40).describe("The name of a source, as the config gives it.");
const outcome = z
  .enum(["raised", "held", "not-worth"])
  .describe("raised: an alert. held: worth one, and held back by a gate. not-worth: no verdict was for it.");
const search = z
  .string()
  .min(1)
  .max(200)
  .describe("A search for this text: every word of it, each as the beginning of one.");

const page = {
  limit: whole(1, 100).optional().describe("Items on a page, 50 where left out; a download is whole."),
  cursor: z.string().max(100).optional().describe("next_cursor of the page before."),
  since: since.optional(),
  until: until.optional(),
  format: z
    .enum(["json", "csv", "jsonl"])
    .optional()
    .describe("csv and jsonl download the whole filter, up to export.max_rows; they need dashboard.export.data."),
};

export const alertsQuery = z.strictObject({
  ...page,
  priority: z.enum(priorities).optional().describe("Of this priority."),
  min_priority: z.enum(priorities).optional().describe("Of this priority or more urgent."),
  type: z.enum(alertTypes).optional().describe("Of this type."),
  symbol: symbol.optional(),
  source: source.optional(),
  state: z.enum(alertStates).optional().describe("In this state now."),
  q: search.optional(),
});

export const auditQuery = z.strictObject({
  ...page,
  who: z.string().min(1).max(300).optional().describe("Done by this account or token."),
  what: z.string().min(1).max(100).optional().describe("Of this kind, such as sign-in or settings.changed."),
});

export const recentAlertsQuery = z.strictObject({
  limit: whole(1, 100).optional().describe("At most so many."),
  priority: z.enum(priorities).optional().describe("Of this priority."),
  alert_type: z.enum(alertTypes).optional().describe("Of this type."),
});

export const signalsQuery = z.strictObject({
  ...page,
  symbol: symbol.optional(),
  source: source.optional(),
  direction: z.enum(directions).optional().describe("Of this direction, whatever the report's own word."),
  timeframe: z.string().max(20).optional().describe("Of this timeframe, as the report writes it."),
  min_strength: decimal(0, 100).optional().describe("At least this strong."),
  outcome: outcome.optional(),
  decision: z.enum(words).optional().describe("Raised, or what stopped it."),
  by: z
    .enum(["received", "observed", "strength", "score", "reliability", "price"])
    .optional()
    .describe("What the list goes by; received, where left out, is the order of arrival."),
  order: z
    .enum(["asc", "desc"])
    .optional()
    .describe("desc where left out; rows without the value come last either way."),
  q: search.optional(),
});

export const opportunitiesQuery = z.strictObject({
  ...page,
  symbol: symbol.optional(),
  source: source.optional(),
  pattern: z.string().max(60).optional().describe("Of this pattern, such as beta_expansion."),
  min_confidence: decimal(0, 1).optional().describe("At least this confident: a ratio."),
  outcome: outcome.optional(),
  by: z
    .enum(["received", "observed"])
    .optional()
    .describe("What they are ordered by, newest first: when they were received, or when the market was so."),
  q: search.optional(),
});

export const decisionsQuery = z.strictObject({
  ...page,
  outcome: outcome.optional(),
  verdict: z.enum(words).optional().describe("Not worth an alert for this verdict."),
  reason: z.enum(words).optional().describe("Held back by this gate."),
  symbol: symbol.optional(),
  source: source.optional(),
  missed: z.string().max(40).optional().meta({ description: "id of an alert missed-while-away: what it sums up" }),
  q: search.optional(),
});

export const countsQuery = z.strictObject({
  since: since.optional(),
  symbol: symbol.optional(),
  source: source.optional(),
});

export const alertGroupsQuery = z.strictObject({
  since: since.optional(),
  limit: whole(1, 100).optional().describe("At most so many."),
  priority: z.enum(priorities).optional().describe("Of this priority."),
  type: z.enum(alertTypes).optional().describe("Of this type."),
  symbol: symbol.optional(),
  source: source.optional(),
});

export const symbolsQuery = z.strictObject({
  since: since.optional(),
  limit: whole(1, 100).optional().describe("At most so many."),
  depth: whole(1, 50).optional().describe("The newest so many signals of each; 12 where left out."),
});

export const quarantineQuery = z.strictObject({
  ...page,
  source: source.optional(),
  reason: z.string().max(60).optional().describe("Refused for this reason."),
  q: search.optional(),
});

export const scanBody = z.strictObject({ name: z.string().min(1).max(100) });

export const candlesQuery = z.strictObject({
  symbol,
  timeframe: z.enum(candleTimeframes).describe("How long a candle is."),
  exchange: source.optional().describe("The first configured that has it, where left out."),
  limit: whole(1, 1000).optional().describe("At most so many."),
  until: until.optional(),
});

export const overviewQuery = z.strictObject({
  timeframe: z
    .enum(Object.keys(timeframes) as [keyof typeof timeframes, ...(keyof typeof timeframes)[]])
    .optional()
    .describe("How far back signals, alerts and what was held back are told of; 4h where left out."),
});
export const eventsQuery = z.strictObject({
  after: whole(0, Number.MAX_SAFE_INTEGER).describe("The seq of the last event known."),
  limit: whole(1, 1000).optional().describe("At most so many."),
});
export const configHistoryQuery = z.strictObject({ limit: whole(1, 1000).optional().describe("At most so many.") });
export const configQuery = z.strictObject({
  origins: z.enum(["0", "1"]).optional().describe("1: where each value comes from is told too."),
});
/** All that is in quarantine, or what is of this source, or this file as the list names it. */
export const retryBody = z.strictObject({ file: z.string().min(1).max(1000).optional(), source: source.optional() });
