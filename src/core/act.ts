import type { Alert } from "./alert";
import { hourMs } from "./duration";

/** What a person does with an alert. */
export const actNames = ["acknowledge", "unacknowledge", "resolve", "feedback", "note"] as const;
export type ActName = (typeof actNames)[number];

/** What a person made of an alert: they acted on it, let it pass, it came too late, or it should not have come. */
export const feedbackValues = ["took", "skipped", "late", "noise"] as const;
export type FeedbackValue = (typeof feedbackValues)[number];

/**
 * What came of an act on one alert. done: it holds. already: nothing had to change. ended: the alert stands no longer.
 * expires: it is an event, which ends by itself. unknown: there is no such alert.
 */
export const actOutcomes = ["done", "already", "ended", "expires", "unknown"] as const;
export type ActOutcome = (typeof actOutcomes)[number];

/** How long an acknowledgement holds where nothing else is said: then the alert is to be looked at again. */
export const reviewAfterMs = 4 * hourMs;

/** An alert as far as an act goes: what finds it among those that stand. */
export type ActTarget = Pick<
  Alert,
  "seq" | "kind" | "type" | "rule" | "source" | "symbol" | "fingerprint" | "priority" | "direction"
>;

/** What someone wants to do with alerts. */
export interface WantedAct {
  readonly act: ActName;
  /** Who, by the name of an account or a token. */
  readonly by: string;
  /** From where: an address, `command line`. */
  readonly from: string;
  readonly note: string | null;
  /** How long an acknowledgement is to hold; null leaves it to the usual review time. */
  readonly forMs: number | null;
  /** Of feedback; null of any other. */
  readonly value: FeedbackValue | null;
}

/** Someone has an alert. Times are epoch ms. */
export interface Acknowledgement {
  readonly by: string;
  readonly at: number;
  /** When it is to be looked at again. */
  readonly until: number;
  readonly note: string | null;
}

/** Someone took an alert on, or has it no longer. */
export interface AcknowledgementChange {
  readonly seq: number;
  readonly acknowledgement: Acknowledgement | null;
}

/** What one act made of one alert. */
export interface Acted {
  readonly alertSeq: number;
  readonly outcome: ActOutcome;
  /** Of an acknowledgement that holds. */
  readonly until: number | null;
}
