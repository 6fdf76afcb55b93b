import type { CandleWindow } from "./candle-window";
import type { UsualVolume } from "./daily-volume";

/**
 * Volumes of the newest `count` candles as multiples of what is usual at their time of day, oldest first; null where
 * that is not known of all.
 */
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
