import type { CandleTimeframe } from "./candle";

/** An alpha finding about a symbol against a benchmark. */
export interface Opportunity {
  readonly symbol: string;
  /** correlation_breakdown, beta_expansion, ... as found or reported. */
  readonly pattern: string;
  /** 0 to 1. */
  readonly confidence: number | null;
  /** Excess return over the window as a fraction. */
  readonly alphaPotential: number | null;
  readonly riskLevel: RiskLevel | null;
  readonly observedAt: number;
  readonly datedBy: "body" | "name" | "mtime";
  readonly timeframes: Readonly<Record<string, number>>;
  readonly insight: string | null;
  readonly action: string | null;
  readonly expectedDuration: string | null;
  readonly entryConditions: readonly string[];
  readonly exitConditions: readonly string[];
  /** The timeframe it was found on; absent where a report found it. */
  readonly timeframe?: OpportunityTimeframe;
  /** Observations behind the numbers. */
  readonly n?: number;
  /** The numbers that made it. */
  readonly why?: readonly Why[];
}

/** One number that made a finding, and what it had to reach or stay under; null where it only informs. */
export interface Why {
  readonly name: string;
  readonly value: number;
  readonly limit: number | null;
}

export type OpportunityTimeframe = CandleTimeframe | "all";

export type RiskLevel = "Low" | "Medium" | "High";
export const riskLevels = ["Low", "Medium", "High"] as const satisfies readonly RiskLevel[];
