import type { MarketView } from "./market";
import type { Opportunity } from "./opportunity";
import type { ScoreScale, Signal } from "./signal";

/** What one report turned out to say: some of it may be read and some refused. */
export interface Reading {
  readonly signals: readonly Signal[];
  readonly opportunities: readonly Opportunity[];
  readonly market: MarketView | null;
  readonly refusals: readonly Refusal[];
  /** Names of the parsers that claimed it: none where it is not even JSON, several where an array mixes formats. */
  readonly parsers: readonly string[];
  /** Where each value came from and what was left unread, for `virtuoso read` and the trace. */
  readonly notes: readonly ReadingNote[];
}

/** A report, or one element of it, that could not be read. */
export interface Refusal {
  readonly reason: RefusalReason;
  /** One sentence for a person: which key, which value, what was expected. */
  readonly detail: string;
  /** Position in an array report counting from 1; null where the whole report is refused. */
  readonly element: number | null;
  /** The time it claims, where that was readable: a refused future still shows a clock offset. */
  readonly observedAt: number | null;
  readonly zoneAssumed: boolean;
}

export const refusalReasons = [
  "empty",
  "not-json",
  "not-utf8",
  "too-big",
  "too-deep",
  "not-a-report",
  "no-symbol",
  "bad-symbol",
  "no-score",
  "no-direction",
  "unknown-direction",
  "score-out-of-range",
  "bad-reliability",
  "reliability-out-of-range",
  "bad-time",
  "future",
  "unreadable",
  "too-far-down",
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** One line of how a report was read: `signal_type: "BUY" -> direction long`. */
export interface ReadingNote {
  readonly element: number | null;
  /** Path of the key in the report, or `(name)`, `(mtime)`. */
  readonly key: string;
  readonly field: string | null;
  readonly value: string;
  /** read: became field. ignored: nothing knows this key. missing: null in place of an unusable value, said in value. */
  readonly outcome: "read" | "ignored" | "missing";
}

/** How one source writes: what a reader must know before it can read. */
export interface ParseOptions {
  /** IANA name or fixed offset such as +05:30; applied to times without a zone. */
  readonly zone: string;
  readonly score: ScoreScale;
  readonly reliability: "auto" | "ratio" | "percent";
  /** Stands where the report names no strategy. */
  readonly strategy: string | null;
  /** meaning -> the source's own key, tried before the usual ones. */
  readonly map: Readonly<Record<string, string>>;
}
