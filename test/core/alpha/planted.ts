import type { SymbolFacts } from "../../../src/core/alpha/look";
import { AlphaModel } from "../../../src/core/alpha/model";
import type { Finding } from "../../../src/core/alpha/finding";
import { candleMs, candleTimeframes, type Candle, type CandleTimeframe } from "../../../src/core/candle";
import { seededRandom } from "../../support/random";
import { normal } from "./simulated-market";

export const endAt = Date.UTC(2026, 2, 1);

/** One candle as the story wants it: the benchmark's return, the symbol's, and its volume. */
interface Beat {
  readonly benchmark: number;
  readonly symbol: number;
  readonly volume?: number;
}

/** What happens `back` candles before the end; `draw` gives standard normal values. */
export type Plot = (back: number, draw: () => number) => Beat;

/** A book that watches 100 symbols on four timeframes, so that the correction is the full one. */
export function crowdedModel(): AlphaModel {
  const model = new AlphaModel({ benchmark: "BTCUSDT", scanIntervalMs: 300_000 });
  for (let index = 0; index < 98; index += 1) {
    for (const timeframe of candleTimeframes)
      model.take(`C${index}USDT`, timeframe, [{ at: 0, open: 1, high: 1, low: 1, close: 1, volume: 1 }]);
  }
  return model;
}

/** A fortnight of even volume before the end, of 600 in half an hour: what is usual at each hour is known. */
export function rememberVolume(model: AlphaModel, symbol = "ALTUSDT"): void {
  for (let at = endAt - 15 * 86_400_000; at < endAt; at += candleMs["30m"])
    model.take(symbol, "30m", [candle(at, 10, 10, 600)]);
}

/** Plays a plot of so many candles on one timeframe. */
export function play(
  model: AlphaModel,
  timeframe: CandleTimeframe,
  candles: number,
  plot: Plot,
  seed = 1,
  symbol = "ALTUSDT",
): void {
  const random = seededRandom(seed);
  const draw = () => normal(random);
  let benchmark = candle(0, 100, 100, 1);
  let own = candle(0, 10, 10, 1);
  for (let back = candles; back > 0; back -= 1) {
    const beat = plot(back - 1, draw);
    const at = endAt - back * candleMs[timeframe];
    benchmark = candle(at, benchmark.close, benchmark.close * Math.exp(beat.benchmark), 1);
    own = candle(at, own.close, own.close * Math.exp(beat.symbol), beat.volume ?? 100 + 10 * random.next());
    model.take("BTCUSDT", timeframe, [benchmark]);
    model.take(symbol, timeframe, [own]);
  }
}

/** The findings of the symbol at the end. */
export function judged(model: AlphaModel, facts: Partial<SymbolFacts> = {}): Finding[] {
  return model.judge(endAt, () => ({ turnover: 1e8, indicators: null, ...facts }));
}

function candle(at: number, open: number, close: number, volume: number): Candle {
  return { at, open, high: Math.max(open, close), low: Math.min(open, close), close, volume };
}
