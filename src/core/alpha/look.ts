import type { CandleTimeframe } from "../candle";
import type { Why } from "../opportunity";
import type { UsualVolume } from "./daily-volume";
import type { AlphaPattern } from "./finding";
import type { Indicators } from "./indicators";
import type { Regression } from "./regression";
import type { Series } from "./series";
import type { Thresholds } from "./thresholds";

/** What the candles of a symbol do not say. Null where unknown. */
export interface SymbolFacts {
  /** Over 24 h, in quote currency. */
  readonly turnover: number | null;
  readonly indicators: Indicators | null;
}

/** One symbol on one timeframe, as it stands when it is judged. */
export interface Look {
  readonly symbol: string;
  readonly timeframe: CandleTimeframe;
  readonly series: Series;
  /** What its candles usually trade at their time of day, as known when the newest closed. */
  readonly usualVolume: () => UsualVolume;
  /** Over the newest 50 joined returns; null where there are fewer. */
  readonly recent: Regression | null;
  /** Over the 200 before those. */
  readonly before: Regression | null;
  readonly facts: SymbolFacts;
  readonly thresholds: Thresholds;
  /** The least surprising p that still leaves the confidence required. */
  readonly pMax: number;
  /** Start of the newest candle, epoch ms. */
  readonly at: number;
}

/** What a pattern saw. */
export interface Seen {
  readonly pattern: AlphaPattern;
  readonly p: number;
  readonly n: number;
  readonly alphaPotential: number | null;
  readonly why: readonly Why[];
  readonly insight: string;
  /** How long it should take, where there is a basis to say. */
  readonly expectedMs: number | null;
}

/** Null where there is nothing to see, or not enough to see by. */
export type Pattern = (look: Look) => Seen | null;
