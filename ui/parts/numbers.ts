/** Figures as text. What is not known stays null, for the page says it in words. */
const withDecimals = new Map<number, Intl.NumberFormat>();

function fixed(value: number, decimals: number): string {
  let format = withDecimals.get(decimals);
  if (format === undefined) {
    format = new Intl.NumberFormat("en-US", {
      minimumFractionDigits: decimals,
      maximumFractionDigits: decimals,
      // What rounds to zero has no sign.
      signDisplay: "negative",
    });
    withDecimals.set(decimals, format);
  }
  return format.format(value).replace("-", "\u2212");
}

export function count(value: number | null): string | null {
  return value === null ? null : fixed(value, 0);
}

/** A score or a strength: 85.2. */
export function points(value: number | null): string | null {
  return value === null ? null : fixed(value, 1);
}

/** Takes percent: 92.5 %. */
export function percent(value: number | null): string | null {
  return value === null ? null : `${fixed(value, 1)} %`;
}

/** Takes percent: +2.4 %, −6.2 %. */
export function signedPercent(value: number | null): string | null {
  const text = percent(value);
  return value !== null && value > 0 && text !== percent(0) ? `+${text}` : text;
}

/** Takes a ratio: 0.892 is 89.2 %. */
export function percentOfRatio(value: number | null): string | null {
  return value === null ? null : percent(value * 100);
}

/** A funding rate, given as a ratio: +0.0100 %. */
export function ratePercent(value: number | null): string | null {
  if (value === null) return null;
  const text = fixed(value * 100, 4);
  return `${value > 0 && text !== fixed(0, 4) ? "+" : ""}${text} %`;
}

/** A beta or a correlation: 1.84. */
export function coefficient(value: number | null): string | null {
  return value === null ? null : fixed(value, 2);
}

/** A figure of unknown size with four that count and no idle zeros: 1.84, 0.00031, 12,040; a very small one: 2.2e−9. */
export function figure(value: number | null): string | null {
  if (value === null) return null;
  const size = Math.abs(value);
  if (size > 0 && size < 1e-6) return value.toExponential(1).replaceAll("-", "\u2212");
  const text = fixed(value, size === 0 ? 0 : Math.max(0, Math.min(8, 3 - Math.floor(Math.log10(size)))));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Two decimals from a thousand up, five figures from one up, four figures below: 43,000.10, 58.214, 0.08127. */
export function price(value: number | null): string | null {
  return value === null ? null : fixed(value, priceDecimals(value));
}

/** How many decimals a price of this size has. */
export function priceDecimals(value: number): number {
  const size = Math.abs(value);
  if (size >= 1000 || size === 0) return 2;
  return Math.min(12, (size >= 1 ? 4 : 3) - Math.floor(Math.log10(size)));
}

const steps = [
  [1e12, "T"],
  [1e9, "B"],
  [1e6, "M"],
  [1e3, "k"],
] as const;

/** Three to four figures and a letter: 2.80 B, 131.6 B. */
export function amount(value: number | null): string | null {
  if (value === null) return null;
  const [unit, letter] = steps.find(([size]) => Math.abs(value) >= size) ?? [1, ""];
  const scaled = value / unit;
  return `${fixed(scaled, Math.abs(scaled) < 100 ? 2 : 1)} ${letter}`.trimEnd();
}
