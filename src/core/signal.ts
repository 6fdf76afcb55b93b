/** What a source says of one symbol at one moment. Every field the report did not give is null. */
export interface Signal {
  /** Canonical: base and quote joined, 1 to 40 of `[A-Z0-9._:/&-]`; an index begins with `^`, a continuous future ends in `!` or `=F`. */
  readonly symbol: string;
  /** The symbol as the report wrote it. */
  readonly symbolAsWritten: string;
  readonly exchange: string | null;
  readonly market: Market | null;
  readonly direction: Direction;
  /** The report's own word for the direction, as written. */
  readonly word: string;
  /** As reported, 0 to 100, directional (50 neutral) unless the source states otherwise. */
  readonly score: number | null;
  /** Conviction 0 to 100 whatever the direction; null for an exit and where there is no score. */
  readonly strength: number | null;
  /** 0 to 1. */
  readonly reliability: number | null;
  readonly price: number | null;
  /** When the market was so, epoch ms. Undated signals carry their file's mtime, or the time they were read. */
  readonly observedAt: number;
  readonly datedBy: DatedBy;
  /** True where the time was written without a zone and the source's zone was applied. */
  readonly zoneAssumed: boolean;
  readonly expiresAt: number | null;
  readonly strategy: string | null;
  readonly timeframe: string | null;
  readonly signalId: string | null;
  readonly transactionId: string | null;
  readonly plan: TradePlan | null;
  readonly components: readonly Component[];
  readonly words: readonly Remark[];
}

export type Direction = "long" | "short" | "neutral" | "exit";
export const directions = ["long", "short", "neutral", "exit"] as const satisfies readonly Direction[];
export type Market = "spot" | "perp" | "future" | "option";

/** Where the time of a signal came from: its body, its file's name, or nothing better than the file's mtime. */
export type DatedBy = "body" | "name" | "mtime";

export interface TradePlan {
  readonly entry: number | null;
  readonly stop: number | null;
  readonly targets: readonly Target[];
  readonly riskReward: number | null;
}

export interface Target {
  readonly name: string | null;
  readonly price: number;
  /** Share of the position in percent, where given. */
  readonly size: number | null;
}

/** One part of a score. score 0 to 100, weight a ratio, impact in score points as reported. */
export interface Component {
  readonly name: string;
  readonly score: number | null;
  readonly weight: number | null;
  readonly impact: number | null;
  readonly interpretation: string | null;
}

/** Free words of a report; untrusted text. */
export interface Remark {
  readonly kind: "interpretation" | "insight" | "component";
  readonly component: string | null;
  readonly text: string;
  readonly severity: string | null;
}

/** How a source means its scores; `auto` reads a short's score of 50 or less as directional. */
export type ScoreScale = "auto" | "directional" | "strength";

/**
 * Conviction 0 to 100 whatever the direction.
 * `auto`: a short at 50 or less is directional (30 is 70 strong), above it already a strength.
 */
export function strengthOf(direction: Direction, score: number | null, scale: ScoreScale = "auto"): number | null {
  if (score === null || direction === "exit") return null;
  if (scale === "strength") return score;
  if (direction === "long") return score;
  if (direction === "neutral") return 2 * Math.abs(score - 50);
  return scale === "directional" || score <= 50 ? 100 - score : score;
}

/** The direction that contradicts this one, if any. */
export function oppositeOf(direction: Direction): Direction | null {
  if (direction === "long") return "short";
  if (direction === "short") return "long";
  return null;
}
