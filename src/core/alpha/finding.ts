import type { Opportunity, OpportunityTimeframe, RiskLevel, Why } from "../opportunity";

/** An opportunity found here, so its numbers are known. */
export interface Finding extends Opportunity {
  readonly pattern: AlphaPattern;
  /** 1 less the false findings a day expected to look as strong as this one; see confidenceOf. */
  readonly confidence: number;
  /** Return beyond what the benchmark explains, summed over the window; for a reversion, what going back would give. */
  readonly alphaPotential: number | null;
  readonly riskLevel: RiskLevel | null;
  readonly timeframe: OpportunityTimeframe;
  readonly n: number;
  readonly why: readonly Why[];
  /** Chance of numbers at least as extreme where there is nothing to find. */
  readonly p: number;
}

export const alphaPatterns = [
  "correlation_breakdown",
  "beta_expansion",
  "beta_compression",
  "alpha_breakout",
  "cross_timeframe",
  "reversion_setup",
  "breakout",
  "support_bounce",
  "volume_spike",
] as const;

export type AlphaPattern = (typeof alphaPatterns)[number];

/** The strongest evidence first, then the larger effect; names settle the rest, so that the same findings have one order. */
export function compareFindings(a: Finding, b: Finding): number {
  return (
    a.p - b.p || Math.abs(b.alphaPotential ?? 0) - Math.abs(a.alphaPotential ?? 0) || compareText(keyOf(a), keyOf(b))
  );
}

/** What makes two findings the same one, seen again. */
export function keyOf({ symbol, pattern, timeframe }: Pick<Finding, "symbol" | "pattern" | "timeframe">): string {
  return `${symbol} ${pattern} ${timeframe}`;
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
