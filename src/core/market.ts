/** The market as one source sees it. What the source does not give is null. */
export interface MarketView {
  readonly observedAt: number;
  readonly regime: Regime | null;
  /** Pairs that trade. */
  readonly activePairs: number | null;
  /** Turnover per pair over 24 h, in quote currency. */
  readonly averageVolume: number | null;
  /** Turnover of all pairs over 24 h, in quote currency. */
  readonly totalVolume: number | null;
  readonly marketCap: number | null;
  /** Cross-sectional standard deviation of 24 h changes, percent. */
  readonly dispersion: number | null;
  /** BTC, annualised, percent. */
  readonly realisedVolatility: number | null;
  /** Mean 24 h change, percent. */
  readonly averageChange: number | null;
  /** The same without outliers: what the regime is read from, as is their dispersion. */
  readonly robustChange?: number | null;
  readonly robustDispersion?: number | null;
  /** Pairs whose change is too far from the others' to stand for the market, the farthest first. */
  readonly outliers?: readonly Mover[];
  readonly advancers: number | null;
  readonly decliners: number | null;
  readonly openInterest: number | null;
  /** 0 to 1. */
  readonly trendStrength: number | null;
  readonly gainers: readonly Mover[];
  readonly losers: readonly Mover[];
  /** BTC over 24 h, percent. */
  readonly btcChange?: number | null;
  readonly funding?: Funding | null;
}

/** What holding perpetuals costs, as ratios per 8 h. */
export interface Funding {
  /** Weighted by turnover. */
  readonly mean: number;
  readonly highest: FundingRate;
  readonly lowest: FundingRate;
  /** Pairs whose rate and interval are known. */
  readonly pairs: number;
}

export interface FundingRate {
  readonly symbol: string;
  readonly rate: number;
}

/** change: 24 h, percent. */
export interface Mover {
  readonly symbol: string;
  readonly change: number;
}

export type Regime = "BULLISH" | "BEARISH" | "NEUTRAL" | "VOLATILE";
export const regimes = ["BULLISH", "BEARISH", "NEUTRAL", "VOLATILE"] as const satisfies readonly Regime[];
