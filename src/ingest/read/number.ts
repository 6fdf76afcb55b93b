import { decimalOf } from "../../core/decimal";
import { isPlaceholder } from "./placeholder";
import type { JsonValue } from "./value";

/** A finite number, or a string that writes one. */
export function numberOf(value: JsonValue | undefined): number | null {
  if (typeof value === "string") return decimalOf(value.trim());
  return typeof value === "number" ? finite(value) : null;
}

/** A price: 0 is what writers put for one they do not know. */
export function priceOf(value: JsonValue | undefined): number | null {
  const price = numberOf(value);
  return price !== null && price > 0 ? price : null;
}

export function withinOf(value: JsonValue | undefined, min: number, max: number): number | null {
  const number = numberOf(value);
  return number === null ? null : clampedWithin(number, min, max);
}

/** What arithmetic leaves over the border of a range: 1.0000000000000002, -1e-14. */
const DUST = 1e-9;

/** The number where it lies within; rounding dust beyond a border is the border. */
export function clampedWithin(number: number, min: number, max: number): number | null {
  const dust = DUST * Math.min(100, max - min);
  if (number < min - dust || number > max + dust) return null;
  return Math.min(max, Math.max(min, number));
}

/** A ratio 0 to 1: 0.4, "0.4" or "40%". */
export function ratioOf(value: JsonValue | undefined): number | null {
  const percent = writtenPercentOf(value);
  return percent === null ? withinOf(value, 0, 1) : withinOf(percent / 100, 0, 1);
}

/** A fraction of any size, also below 0: 0.124, "0.124" or "12.4%". */
export function fractionOf(value: JsonValue | undefined): number | null {
  const percent = writtenPercentOf(value);
  return percent === null ? numberOf(value) : percent / 100;
}

/** A share of a hundred: 40, "40" or "40%". */
export function percentageOf(value: JsonValue | undefined): number | null {
  return withinOf(percentOf(value), 0, 100);
}

/** The number before a percent sign; null where there is none. */
export function writtenPercentOf(value: JsonValue | undefined): number | null {
  return typeof value === "string" && value.trim().endsWith("%") ? percentOf(value) : null;
}

const NO_NUMBER = /^(?:none|unknown|undefined|null|nan|n\.?\/?a\.?|-+|–|—)$/i;

/** Whether a value stands for a number that is not there: Python's NaN, a placeholder, "n/a". */
export function isNoNumber(value: JsonValue): boolean {
  if (typeof value === "number") return !Number.isFinite(value);
  return typeof value === "string" && (isPlaceholder(value) || NO_NUMBER.test(value.trim()));
}

/** A number of percent: 1.5, "1.5" or "1.5%". */
export function percentOf(value: JsonValue | undefined): number | null {
  return numberOf(typeof value === "string" ? value.trim().replace(/%$/, "") : value);
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}
