import { formatNumber } from "../../text";
import { rangeCandles } from "../candle-window";
import { studentTails } from "../chance";
import type { Look, Seen } from "../look";
import { medianOf } from "../../median";
import { relativeVolumes } from "../relative-volume";

const candlesMin = 4;
/** Times the median; very even volume makes deviations of next to nothing. */
const ratioMin = 3;

/**
 * The volumes of the last 4 candles, against what is usual at their time of day, are the four largest of 204, each 3 times the
 * median of the 200 before, and further out than fours of candles before were.
 */
export function volumeSpike({ series, usualVolume, recent, timeframe, pMax }: Look): Seen | null {
  const { candles } = series;
  if (candles.volume.length < rangeCandles + candlesMin) return null;
  const usual = usualVolume();
  if (!isRaised(relativeVolumes(candles, usual, candlesMin))) return null;
  const relative = relativeVolumes(candles, usual, rangeCandles + candlesMin);
  if (relative === null) return null;
  const before = relative.subarray(0, rangeCandles);
  const min = minOf(relative.subarray(rangeCandles));
  const median = medianOf(before);
  const ratio = min / median;
  if (!Number.isFinite(ratio) || ratio < ratioMin || !before.every((each) => each < min)) return null;
  const { t, p, independent } = surpriseOf(min, before);
  if (!(p <= pMax)) return null;
  return {
    pattern: "volume_spike",
    p,
    n: candlesMin,
    alphaPotential: recent?.excess ?? null,
    why: [
      { name: "least of the last 4 volumes against the hour's usual, times the median", value: ratio, limit: ratioMin },
      { name: "median volume before, against the hour's usual", value: median, limit: null },
      { name: "deviations of fours of candles before", value: t, limit: null },
      { name: "independent fours among them", value: independent, limit: null },
      { name: "candles compared", value: rangeCandles, limit: null },
    ],
    insight:
      `Volume of ${candlesMin} candles of ${timeframe} is at least ${formatNumber(ratio)} times the median ` +
      `for their time of day, and above all ${rangeCandles} before`,
    expectedMs: null,
  };
}

/** Cheap, and passed by little. */
function isRaised(relative: Float64Array | null): boolean {
  return relative !== null && minOf(relative) > 1;
}

/**
 * The least of four against the least of each four before, in logs and in upper deviations from their median. Volume remembers:
 * fours that resemble their neighbours count for fewer, and the fewer they are the fatter is Student's tail.
 */
function surpriseOf(
  min: number,
  before: Float64Array,
): { readonly t: number; readonly p: number; readonly independent: number } {
  const count = before.length / candlesMin;
  const fours = Float64Array.from({ length: count }, (_, four) =>
    Math.log(minOf(before.subarray(four * candlesMin, (four + 1) * candlesMin))),
  );
  const middle = medianOf(fours);
  const upper = fours.reduce((sum, four) => sum + Math.max(0, four - middle) ** 2, 0);
  const deviation = Math.sqrt((2 * upper) / count);
  if (!(deviation > 0)) return { t: 0, p: 1, independent: 0 };
  const off = fours.map((four) => Math.max(-2, Math.min(2, (four - middle) / deviation)));
  let squares = 0;
  let products = 0;
  for (let four = 0; four < count; four += 1) {
    squares += (off[four] ?? 0) ** 2;
    products += (off[four] ?? 0) * (off[four - 1] ?? 0);
  }
  const memory = Math.max(0, Math.min(0.9, products / squares));
  const independent = (count * (1 - memory)) / (1 + memory);
  const t = (Math.log(min) - middle) / (deviation * Math.sqrt(1 + Math.PI / 2 / independent));
  return { t, p: studentTails(t, independent - 1) / 2, independent };
}

function minOf(values: Float64Array): number {
  return values.reduce((min, value) => Math.min(min, value), Infinity);
}
