import type { Matcher } from "./matcher";

/** What a person wants muted, and until when. Times are epoch ms. */
export interface SilenceTerms {
  readonly match: readonly Matcher[];
  readonly comment: string;
  /** Null: until its alert ends, or where there is none until it has hidden nothing for a day. */
  readonly endsAt: number | null;
  /** Seq of the alert whose end ends it. */
  readonly untilAlertSeq: number | null;
  /** False: what is of high priority goes out all the same. */
  readonly includeHigh: boolean;
}

/** A silence that holds, and what it hid so far. */
export interface Silence extends SilenceTerms {
  readonly by: string;
  readonly createdAt: number;
  readonly hidden: number;
  readonly hiddenHigh: number;
  readonly lastHidAt: number | null;
  /** Its end was announced, or was so near from the start that it need not be. */
  readonly announced: boolean;
}

/** time: its end came. resolved: its alert ended. unused: it hid nothing for a day. by-hand: someone ended it. */
export const silenceEndReasons = ["time", "resolved", "unused", "by-hand"] as const;
export type SilenceEndReason = (typeof silenceEndReasons)[number];

/** A silence after what was decided. */
export interface SilenceChange {
  readonly seq: number;
  readonly silence: Silence;
  /** Null while it holds. */
  readonly ended: { readonly at: number; readonly reason: SilenceEndReason } | null;
  /** False: only what it has hidden changed. */
  readonly news: boolean;
}

/** done: it holds. ended: there is no such silence any more. alert-ended: the alert it was to end with has ended. */
export type SilenceOutcome = "done" | "ended" | "alert-ended";
