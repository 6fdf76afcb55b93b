/** A number as a person reads it, with all its digits where none are asked for; null stays null. */
export function numberOf(value: number | null, digits?: number): string | null {
  if (value === null) return null;
  return digits === undefined ? String(value) : value.toFixed(digits);
}

/** As many digits as say something: four that count, more only before the point. */
export function numberInWords(value: number): string {
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1000) return value.toFixed(0);
  return size < 0.0001 ? value.toExponential(1) : String(Number(value.toPrecision(4)));
}

/** A setting's value, whatever its kind. */
export function settingOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Of a number that is in percent already. */
export function percentOf(percent: number | null): string | null {
  return percent === null ? null : `${percent.toFixed(1)} %`;
}
