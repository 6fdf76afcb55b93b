import type { Candle } from "../../core/candle";
import { decimalOf } from "../../core/decimal";
import { ExchangeError } from "../exchange-error";

export type Row = Readonly<Record<string, unknown>>;

/** A number as exchanges write it, as a number or as decimal text; null for everything else, blanks and "0x10" included. */
export function numberOf(value: unknown): number | null {
  if (typeof value === "string") return decimalOf(value);
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

/** A price; null where there is none, which some write as 0. */
export function priceOf(value: unknown): number | null {
  const price = numberOf(value);
  return price !== null && price > 0 ? price : null;
}

/** An amount that cannot be below 0. */
export function amountOf(value: unknown): number | null {
  const amount = numberOf(value);
  return amount !== null && amount >= 0 ? amount : null;
}

export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Throws ExchangeError bad-answer. */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new ExchangeError("bad-answer", `It answered without a list of ${what}.`);
  return value;
}

/** `[at, open, high, low, close, volume, ...]`; null where that is not what it is, or its prices contradict each other. */
export function candleOf(value: unknown): Candle | null {
  if (!Array.isArray(value)) return null;
  const at = numberOf(value[0]);
  const open = priceOf(value[1]);
  const high = priceOf(value[2]);
  const low = priceOf(value[3]);
  const close = priceOf(value[4]);
  const volume = amountOf(value[5]);
  if (at === null || open === null || high === null || low === null || close === null || volume === null) return null;
  if (high < Math.max(open, close) || low > Math.min(open, close)) return null;
  return { at, open, high, low, close, volume };
}
