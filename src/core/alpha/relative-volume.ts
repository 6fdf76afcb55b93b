import type { CandleWindow } from "./candle-window";
import type { UsualVolume } from "./daily-volume";

/** Volumes of the newest `count` candles as multiples of what is usual at their time of day, oldest first; null where that is not known of all. */
export function relativeVolumes(
  { volume, newestAt, candleMs }: CandleWindow,
  usual: UsualVolume,
  count: number,
): Float64Array | null {
  if (newestAt === null || volume.length < count) return null;
  const relative = new Float64Array(count);
  for (let back = 0; back < count; back += 1) {
    const expected = usual(newestAt - back * candleMs);
    if (!(expected > 0)) return null;
    relative[count - 1 - back] = volume.before(back) / expected;
  }
  return relative;
}

/** Of any order; NaN of none. */
export function medianOf(values: Float64Array): number {
  const sorted = values.toSorted();
  return ((sorted[(sorted.length - 1) >> 1] ?? Number.NaN) + (sorted[sorted.length >> 1] ?? Number.NaN)) / 2;
}
