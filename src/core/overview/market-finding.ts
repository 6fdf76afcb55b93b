import type { Why } from "../opportunity";

/** Something about the market that is worth a MARKET alert, with the numbers that made it. */
export interface MarketFinding {
  readonly name: MarketFindingName;
  /** Null where it is about the market as a whole. */
  readonly symbol: string | null;
  /** Null where it is about more than one exchange. */
  readonly exchange: string | null;
  /** For a person, one line. */
  readonly message: string;
  readonly observedAt: number;
  readonly why: readonly Why[];
}

const marketFindingNames = [
  "regime-change",
  "volume-spike",
  "volatility-jump",
  "exchange-spread",
  "basis",
  "funding-extreme",
] as const;

export type MarketFindingName = (typeof marketFindingNames)[number];
