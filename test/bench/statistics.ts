/** Nearest rank; NaN where there is nothing. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** Pairs measured one right after the other: their ratios share the weather, so the median of them is taken. */
export function medianRatio(pairs: readonly { readonly subject: number; readonly baseline: number }[]): number {
  return median(pairs.map(({ subject, baseline }) => subject / baseline));
}

/** `n 3000, p50 1.20 ms, p99 4.31 ms` */
export function spreadOf(valuesMs: readonly number[]): string {
  return `n ${valuesMs.length}, p50 ${inMs(median(valuesMs))}, p99 ${inMs(percentile(valuesMs, 0.99))}`;
}

export function inMs(ms: number): string {
  return `${ms.toFixed(ms < 10 ? 2 : 1)} ms`;
}

/** `12 345/s` */
export function perSecond(rate: number): string {
  return `${count(rate)}/s`;
}

export function count(value: number): string {
  return Math.round(value).toLocaleString("en").replaceAll(",", " ");
}

export function inMegabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
