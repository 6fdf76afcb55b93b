import type { JsonValue } from "./value";

const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A finite number, or a string that writes one. */
export function numberOf(value: JsonValue | undefined): number | null {
  if (typeof value === "string") return DECIMAL.test(value.trim()) ? finite(Number(value)) : null;
  return typeof value === "number" ? finite(value) : null;
}

/** A price: 0 is what writers put for one they do not know. */
export function priceOf(value: JsonValue | undefined): number | null {
  const price = numberOf(value);
  return price !== null && price > 0 ? price : null;
}

export function withinOf(value: JsonValue | undefined, least: number, most: number): number | null {
  const number = numberOf(value);
  return number !== null && number >= least && number <= most ? number : null;
}

/** A number of percent: 1.5, "1.5" or "1.5%". */
export function percentOf(value: JsonValue | undefined): number | null {
  return numberOf(typeof value === "string" ? value.trim().replace(/%$/, "") : value);
}

function finite(number: number): number | null {
  return Number.isFinite(number) ? number : null;
}
