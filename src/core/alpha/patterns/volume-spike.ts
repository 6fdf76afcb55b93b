import { formatNumber } from "../../text";
import { rangeCandles } from "../candle-window";
import type { Look, Seen } from "../look";

const candlesMin = 4;
/** Times the median; very even volume makes ranks of next to nothing. */
const ratioMin = 3;

/** Chance that the last 4 of 204 are the 4 largest where order means nothing: one choice of 4 in 204, whatever the distribution. */
const chance = [1, 2, 3, 4].reduce((p, place) => (p * place) / (rangeCandles + place), 1);

/** The volumes of the last 4 candles are the four largest of 204, each 3 times the median of the 200 before. */
export function volumeSpike({ series, recent, timeframe, pMax }: Look): Seen | null {
  const { volume } = series.candles;
  if (chance > pMax || volume.length < rangeCandles + candlesMin) return null;
  const least = Math.min(volume.before(0), volume.before(1), volume.before(2), volume.before(3));
  const before = volume.last(rangeCandles, candlesMin);
  if (!before.every((each) => each < least)) return null;
  const sorted = before.toSorted();
  const median = ((sorted[rangeCandles / 2 - 1] ?? Number.NaN) + (sorted[rangeCandles / 2] ?? Number.NaN)) / 2;
  const ratio = least / median;
  if (!(ratio >= ratioMin)) return null;
  return {
    pattern: "volume_spike",
    p: chance,
    n: candlesMin,
    alphaPotential: recent?.excess ?? null,
    why: [
      { name: "least of the last 4 volumes, times the median", value: ratio, limit: ratioMin },
      { name: "median volume before", value: median, limit: null },
      { name: "candles compared", value: rangeCandles, limit: null },
    ],
    insight: `Volume of ${candlesMin} candles of ${timeframe} is at least ${formatNumber(ratio)} times the median and above all ${rangeCandles} before`,
    expectedMs: null,
  };
}
