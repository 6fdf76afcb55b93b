/** The median of numbers of any order; NaN of none. Two numbers near the largest there is have a middle too. */
export function medianOf(values: Float64Array | readonly number[]): number {
  const sorted = Float64Array.from(values).toSorted();
  const below = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  const above = sorted[sorted.length >> 1] ?? Number.NaN;
  return below === above ? below : below + (above - below) / 2;
}
