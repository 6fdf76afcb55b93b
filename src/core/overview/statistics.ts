export function sumOf(values: readonly number[]): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}

/** Null for what is no number to judge by: sums and quotients of extreme values overflow. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

/** Null for a ratio that is no number, or none in percent. */
export function finiteRatio(value: number): number | null {
  return Number.isFinite(value * 100) ? value : null;
}

/** NaN of nothing: callers check first. */
export function meanOf(values: readonly number[]): number {
  return sumOf(values) / values.length;
}

/** Of a sample, so over n - 1; null under two values, and where it is too large for a number. */
export function deviationOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return finite(Math.sqrt(squares / (values.length - 1)));
}

/** Null where a price is not above zero: such a series says nothing. */
export function logReturnsOf(closes: readonly number[]): number[] | null {
  if (!closes.every((close) => close > 0 && close < Infinity)) return null;
  return closes.slice(1).map((close, index) => Math.log(close / (closes[index] ?? Number.NaN)));
}
