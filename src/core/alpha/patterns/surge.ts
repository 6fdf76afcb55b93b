import { formatNumber, formatPercent } from "../../text";
import { rangeCandles, surgeCandles, type CandleWindow } from "../candle-window";
import { studentTails } from "../chance";
import type { UsualVolume } from "../daily-volume";
import type { Indicators } from "../indicators";
import type { Look, Seen } from "../look";
import { rankSumTail } from "../rank-sum";
import { medianOf } from "../../median";
import { relativeVolumes } from "../relative-volume";

/** Volume is raised from here on: z of its ranks, and times the level before. */
const volumeZMin = 2.33;
const volumeRatioMin = 1.5;
/** How far the close leaves the range, and how near a low has to come to touch it, in average true ranges. */
const beyondMin = 1;
const touchMax = 0.5;
/** Oversold, by the usual reading. */
const rsiMax = 30;
/** Two touches of a level lie this far apart at least, in candles. */
const apartMin = 10;

/**
 * Twenty candles that went one way on raised volume, judged by where they went. A breakout: the close is 1 average true range
 * beyond the range of the 200 candles before. A support bounce: they started at the low of that range, tested before, oversold.
 * That the way was one is a t-test of the returns, and p is its alone. Volume, against what is usual at each candle's time of day,
 * has to be raised but adds nothing to p: it has a memory, and a few candles of it are no independent evidence.
 */
export function surge(look: Look): Seen | null {
  const { candles } = look.series;
  const { indicators } = look.facts;
  if (
    indicators === null ||
    indicators.atr === null ||
    !(indicators.atr > 0) ||
    candles.close.length < surgeCandles + rangeCandles + 1
  )
    return null;
  const t = driftT(candles.close.last(surgeCandles + 1));
  if (t === null) return null;
  const p = studentTails(t, surgeCandles - 1);
  if (!(p <= look.pMax)) return null;
  const volume = raisedVolume(candles, look.usualVolume());
  if (volume === null) return null;
  const place = breakoutOf(candles, t, indicators.atr) ?? bounceOf(candles, t, indicators.atr, indicators);
  if (place === null) return null;
  const moved = candles.close.before(0) / candles.close.before(surgeCandles) - 1;
  if (!Number.isFinite(moved)) return null;
  return {
    pattern: place.pattern,
    p,
    n: surgeCandles,
    alphaPotential: look.recent?.excess ?? null,
    why: [
      ...place.why,
      { name: "move", value: moved, limit: null },
      { name: "t of the move", value: t, limit: null },
      ...volume,
    ],
    insight: `${formatPercent(moved)} in ${surgeCandles} candles of ${look.timeframe} on raised volume, ${place.words}`,
    expectedMs: null,
  };
}

/** What shows it; null where it is not raised, or what is usual is not known. */
function raisedVolume(candles: CandleWindow, usual: UsualVolume): Seen["why"] | null {
  const relative = relativeVolumes(candles, usual, surgeCandles + rangeCandles);
  if (relative === null) return null;
  const [before, recent] = [relative.subarray(0, rangeCandles), relative.subarray(rangeCandles)];
  const ratio = medianOf(recent) / medianOf(before);
  const { z } = rankSumTail(recent, before);
  if (!Number.isFinite(ratio) || ratio < volumeRatioMin || z < volumeZMin) return null;
  return [
    {
      name: "volume against the hour's usual, times that of the 200 candles before",
      value: ratio,
      limit: volumeRatioMin,
    },
    { name: "z of volume ranks", value: z, limit: volumeZMin },
  ];
}

type Place = Pick<Seen, "why"> & { readonly pattern: "breakout" | "support_bounce"; readonly words: string };

function breakoutOf({ close, high, low }: CandleWindow, t: number, atr: number): Place | null {
  const edge = t > 0 ? highest(high.last(rangeCandles, surgeCandles)) : lowest(low.last(rangeCandles, surgeCandles));
  const beyond = (Math.sign(t) * (close.before(0) - edge)) / atr;
  if (!(beyond >= beyondMin)) return null;
  return {
    pattern: "breakout",
    words: `${formatNumber(beyond)} average true ranges ${t > 0 ? "above" : "below"} the range of ${rangeCandles} candles`,
    why: [
      {
        name: t > 0 ? "close above the range, in average true ranges" : "close below the range, in average true ranges",
        value: beyond,
        limit: beyondMin,
      },
      { name: t > 0 ? "top of the range" : "bottom of the range", value: edge, limit: null },
    ],
  };
}

function bounceOf({ close, low }: CandleWindow, t: number, atr: number, { rsiLowest }: Indicators): Place | null {
  if (t < 0 || rsiLowest === null || rsiLowest > rsiMax) return null;
  const lowsBefore = low.last(rangeCandles, surgeCandles);
  const support = lowest(lowsBefore);
  const touched = Math.abs(lowest(low.last(surgeCandles)) - support) / atr;
  const lowestClose = lowest(close.last(surgeCandles));
  const touches = touchesOf(lowsBefore, support + touchMax * atr);
  if (touched > touchMax || lowestClose < support - touchMax * atr || touches < 2) return null;
  return {
    pattern: "support_bounce",
    words: `from support at ${support} that held ${touches} times before`,
    why: [
      { name: "support", value: support, limit: null },
      { name: "from support, in average true ranges", value: touched, limit: touchMax },
      { name: "touches before", value: touches, limit: 2 },
      { name: "lowest RSI", value: rsiLowest, limit: rsiMax },
    ],
  };
}

function touchesOf(lows: Float64Array, level: number): number {
  let touches = 0;
  let touchedAt = -apartMin;
  lows.forEach((low, index) => {
    if (low > level || index - touchedAt < apartMin) return;
    touches += 1;
    touchedAt = index;
  });
  return touches;
}

/** Student's t of the mean log return. */
function driftT(closes: Float64Array): number | null {
  const n = closes.length - 1;
  let sum = 0;
  let squares = 0;
  for (let index = 1; index <= n; index += 1) {
    const change = Math.log((closes[index] ?? Number.NaN) / (closes[index - 1] ?? Number.NaN));
    sum += change;
    squares += change * change;
  }
  const variance = (squares - (sum * sum) / n) / (n - 1);
  return variance > 1e-12 * squares ? sum / Math.sqrt(n * variance) : null;
}

function highest(values: Float64Array): number {
  return values.reduce((max, value) => Math.max(max, value), -Infinity);
}

function lowest(values: Float64Array): number {
  return values.reduce((min, value) => Math.min(min, value), Infinity);
}
