import { minuteMs } from "./duration";
/** One closed candle. `at` is when it opened, epoch ms; volume in base currency. */
export interface Candle {
  readonly at: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export type CandleTimeframe = "1m" | "5m" | "30m" | "4h";

/** Length of a candle, ms. */
export const candleMs: Readonly<Record<CandleTimeframe, number>> = {
  "1m": minuteMs,
  "5m": 300_000,
  "30m": 1_800_000,
  "4h": 14_400_000,
};

export const candleTimeframes = ["1m", "5m", "30m", "4h"] as const satisfies readonly CandleTimeframe[];

/** As many of each length as anything looks back at, and some: older ones are removed. */
export const candlesKept = 5000;

export function isCandleTimeframe(text: string): text is CandleTimeframe {
  return Object.hasOwn(candleMs, text);
}

/** What the alpha method calls each timeframe, from the fastest. */
export const alphaTimeframe: Readonly<Record<CandleTimeframe, "base" | "ltf" | "mtf" | "htf">> = {
  "1m": "base",
  "5m": "ltf",
  "30m": "mtf",
  "4h": "htf",
};
