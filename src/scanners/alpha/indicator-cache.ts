import type * as Indicator from "trading-signals";
import type { Indicators } from "../../core/alpha/indicators";
import { SlidingWindow } from "../../core/alpha/sliding-window";
import { candleMs, type Candle, type CandleTimeframe } from "../../core/candle";

/** The usual length of both, in candles. */
const period = 14;
/** How far back an oversold moment counts, in candles. */
const rsiLookback = 20;

/** Indicators of every symbol and timeframe, kept up candle by candle. */
export class IndicatorCache {
  readonly #gauges = new Map<string, Gauge>();

  /** Takes closed candles, oldest first; known ones are ignored, and after a gap it starts anew. */
  take(symbol: string, timeframe: CandleTimeframe, candles: readonly Candle[]): void {
    const key = keyOf(symbol, timeframe);
    for (const candle of candles) {
      let gauge = this.#gauges.get(key);
      if (gauge !== undefined && candle.at <= gauge.newestAt) continue;
      if (gauge === undefined || candle.at - gauge.newestAt !== candleMs[timeframe])
        this.#gauges.set(key, (gauge = new Gauge()));
      gauge.take(candle);
    }
  }

  /** Null where nothing was taken. */
  of(symbol: string, timeframe: CandleTimeframe): Indicators | null {
    return this.#gauges.get(keyOf(symbol, timeframe))?.read() ?? null;
  }

  forget(symbol: string, timeframe: CandleTimeframe): void {
    this.#gauges.delete(keyOf(symbol, timeframe));
  }
}

let loaded: typeof Indicator | null = null;

/** Nearly two hundred files: loaded with the first candle, and not where no exchange is read. */
function indicators(): typeof Indicator {
  return (loaded ??= require("trading-signals") as typeof Indicator);
}

class Gauge {
  newestAt = -Infinity;
  readonly #atr = new (indicators().ATR)(period);
  readonly #rsi = new (indicators().RSI)(period);
  readonly #readings = new SlidingWindow(rsiLookback);

  take({ at, high, low, close }: Candle): void {
    this.newestAt = at;
    this.#atr.add({ high, low, close });
    const rsi = this.#rsi.add(close);
    if (rsi !== null) this.#readings.push(rsi);
  }

  read(): Indicators {
    const readings = this.#readings.last(rsiLookback);
    return {
      atr: this.#atr.getResult(),
      rsi: this.#rsi.getResult(),
      rsiLowest: readings.length === 0 ? null : readings.reduce((min, reading) => Math.min(min, reading), 100),
    };
  }
}

function keyOf(symbol: string, timeframe: CandleTimeframe): string {
  return `${symbol} ${timeframe}`;
}
