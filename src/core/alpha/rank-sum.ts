import { normalTail } from "./chance";

/**
 * Whether `recent` ranks above `before`: Wilcoxon's rank sum as a normal z, ties sharing their rank, and the chance of one as high
 * where order means nothing. z is 0 where all values are one.
 */
export function rankSumTail(recent: Float64Array, before: Float64Array): { readonly z: number; readonly p: number } {
  const [n, m] = [recent.length, before.length];
  const sorted = before.toSorted();
  let above = 0;
  for (const value of recent) above += (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2;
  const variance = ((n * m) / 12) * (n + m + 1 - tiesOf(recent, before) / ((n + m) * (n + m - 1)));
  const z = variance > 0 ? (above - (n * m) / 2) / Math.sqrt(variance) : 0;
  return { z, p: normalTail(z) };
}

/** Of every value that so many share, count³ - count, summed. */
function tiesOf(recent: Float64Array, before: Float64Array): number {
  const all = new Float64Array(recent.length + before.length);
  all.set(recent);
  all.set(before, recent.length);
  all.sort();
  let sum = 0;
  for (let start = 0, end = 1; end <= all.length; end += 1) {
    if (all[end] === all[start] && end < all.length) continue;
    sum += (end - start) ** 3 - (end - start);
    start = end;
  }
  return sum;
}

/** How many of the sorted values are below, or not above. */
function countBelow(sorted: Float64Array, value: number, orEqual: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const each = sorted[middle] ?? Number.NaN;
    if (each < value || (orEqual && each === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}
