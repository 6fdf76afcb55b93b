import type { Candle } from "../candle";
import { SlidingWindow } from "./sliding-window";

/** Candles the plain patterns look at, and those before that they compare with. */
export const surgeCandles = 20;
export const rangeCandles = 200;

const kept = surgeCandles + rangeCandles + 1;

/** The newest candles without a gap: after one it starts anew, as a move across a gap is not one candle's. */
export class CandleWindow {
  readonly close = new SlidingWindow(kept);
  readonly high = new SlidingWindow(kept);
  readonly low = new SlidingWindow(kept);
  readonly volume = new SlidingWindow(kept);
  /** Start of the newest candle, epoch ms. */
  newestAt: number | null = null;

  constructor(readonly candleMs: number) {}

  /** The log return of this candle; null where the one before is missing, or so far off that no number says how far. */
  push(candle: Candle): number | null {
    const change =
      this.newestAt !== null && candle.at - this.newestAt === this.candleMs
        ? Math.log(candle.close / this.close.before(0))
        : Number.NaN;
    const follows = Number.isFinite(change);
    if (!follows) this.#clear();
    this.newestAt = candle.at;
    this.close.push(candle.close);
    this.high.push(candle.high);
    this.low.push(candle.low);
    this.volume.push(candle.volume);
    return follows ? change : null;
  }

  #clear(): void {
    for (const window of [this.close, this.high, this.low, this.volume]) window.clear();
  }
}
