import type { Acted, AcknowledgementChange } from "../act";
import type { Alert, AlertChange, Priority } from "../alert";
import type { Signal } from "../signal";
import type { SilenceChange, SilenceOutcome } from "../silence";
import type { SubjectKind } from "../subject";

/** Not worth an alert, and why. In the order they are checked. */
export const verdicts = ["duplicate", "late", "undated", "unscored", "below-threshold", "unreliable"] as const;
export type Verdict = (typeof verdicts)[number];

/** Worth an alert but held back, and by what. In the order they are checked. */
export const gates = ["inhibited", "silenced", "cooldown", "cap"] as const;
export type Gate = (typeof gates)[number];

/** The one word for what came of it: metric label, log field, trace and page use the same. */
export type Word = Verdict | Gate | "raised";
export const words = [...verdicts, ...gates, "raised"] as const;

export function isVerdict(word: Word): word is Verdict {
  return (verdicts as readonly string[]).includes(word);
}

export function isGate(word: Word): word is Gate {
  return (gates as readonly string[]).includes(word);
}

/** One condition checked on the way, with the numbers compared. */
export interface Check {
  readonly word: Verdict | Gate;
  readonly passed: boolean;
  readonly value: number | string | null;
  readonly limit: number | string | null;
  readonly note: string | null;
}

/** What one rule made of one item of an observation. */
export interface Decision {
  readonly rule: string;
  readonly subjectKind: SubjectKind;
  readonly subjectSeq: number;
  readonly word: Word;
  readonly checks: readonly Check[];
  readonly fingerprint: string;
  readonly priority: Priority;
  readonly strength: number | null;
  readonly source: string | null;
  readonly symbol: string | null;
  readonly alertSeq: number | null;
  /** It would have been raised, had anybody watched: "missed while away" counts it. */
  readonly missed: boolean;
}

/** How a signal stands to what was known: new, the same once more, or the same reported differently. */
export interface SignalOutcome {
  /** Position among the observation's signals. */
  readonly index: number;
  /** Seq of the signal it is: its own where it is the first. */
  readonly seq: number;
  readonly relation: "first" | "twin" | "revision";
  /** What is known of it now: a twin's extra fields fill nulls. */
  readonly signal: Signal;
  readonly word: Word;
}

/** All that came of one observation, besides the state after it. */
export interface Decided {
  readonly decisions: readonly Decision[];
  readonly signals: readonly SignalOutcome[];
  readonly raised: readonly Alert[];
  readonly changed: readonly AlertChange[];
  /** Whose acknowledgement began or ended while the alert stands. */
  readonly acknowledged: readonly AcknowledgementChange[];
  /** What an act made of each of its alerts. */
  readonly acted: readonly Acted[];
  /** Silences after it, where they changed. */
  readonly silences: readonly SilenceChange[];
  /** What came of what someone did with a silence; null of any other observation. */
  readonly silenceOutcome: SilenceOutcome | null;
}
