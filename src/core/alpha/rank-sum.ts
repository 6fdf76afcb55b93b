import { normalTail } from "./chance";

/** Whether `recent` ranks above `before`: Wilcoxon's rank sum as a normal z, and the chance of one as high. Whatever the distribution. */
export function rankSumTail(recent: Float64Array, before: Float64Array): { readonly z: number; readonly p: number } {
  const [n, m] = [recent.length, before.length];
  const sorted = before.toSorted();
  let above = 0;
  for (const value of recent) above += (countBelow(sorted, value, false) + countBelow(sorted, value, true)) / 2;
  const z = (above - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return { z, p: normalTail(z) };
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
