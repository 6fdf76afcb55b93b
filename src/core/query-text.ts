import { z } from "zod";
import { momentWords, parseMoment } from "./moment";
import { symbolOf } from "./symbol";

/** What parameters of a query take: text, and what is read from it. `parameter` describes the text to who writes it. */

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

export const since = moment.meta({
  description: "Received from then on: ISO 8601, or how long ago, such as 30m, 4h, 2d.",
  parameter: { type: "string" },
});

export const until = moment.meta({
  description: "Received before then: ISO 8601, or how long ago, such as 30m, 4h, 2d.",
  parameter: { type: "string" },
});

export function whole(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,15}$/, "expected a whole number")
    .transform(Number)
    .pipe(z.number().int().min(min).max(max))
    .meta({ parameter: { type: "integer", minimum: min, maximum: max } });
}

export function decimal(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,12}(\.\d{1,12})?$/, "expected a number")
    .transform(Number)
    .pipe(z.number().min(min).max(max))
    .meta({ parameter: { type: "number", minimum: min, maximum: max } });
}

/** BTC/USDT, btc-usdt and BYBIT:BTCUSDT.P all ask for BTCUSDT. */
export const symbol = z
  .string()
  .max(80)
  .transform((text, context) => {
    const named = symbolOf(text);
    if (named) return named.symbol;
    context.addIssue({ code: "custom", message: "expected a symbol such as BTCUSDT or BTC/USDT" });
    return z.NEVER;
  })
  .describe("A symbol in any spelling: BTCUSDT, BTC/USDT and BYBIT:BTCUSDT.P ask for the same.");

export const source = z.string().min(1).max(40).describe("The name of a source, as the config gives it.");

export const search = z
  .string()
  .min(1)
  .max(200)
  .describe("A search for this text: every word of it, each as the beginning of one.");
