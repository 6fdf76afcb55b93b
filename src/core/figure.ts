/** Figures about the market as a whole that no exchange gives, and the range each may have. */
export const figureRanges = {
  /** In the currency its source gives it in. */
  market_cap: { min: 0, max: Number.MAX_VALUE },
  /** BTC's share of it, percent. */
  btc_dominance: { min: 0, max: 100 },
  /** 0 extreme fear, 100 extreme greed. */
  fear_and_greed: { min: 0, max: 100 },
} as const;

export type FigureName = keyof typeof figureRanges;
export const figureNames = Object.keys(figureRanges) as [FigureName, ...FigureName[]];

/** One of them, with its source and when it was read, epoch ms. */
export interface Figure {
  readonly name: FigureName;
  readonly value: number;
  readonly source: string;
  readonly at: number;
}
