import type { Silence, SilenceChange } from "../../silence";
import type { Candidate } from "../candidate";
import type { StateOverlay } from "../state";
import { silenceOf } from "./silenced";

/** Where silences are kept, and what became of them is noted by their seqs. */
export interface Silences {
  readonly state: StateOverlay;
  readonly now: number;
  readonly silences: Map<number, SilenceChange>;
}

/** It held something back: what each silence hides is counted. One of the config has no count. */
export function countHidden(context: Silences, candidate: Candidate): void {
  const [seq, silence] = silenceOf(context.state, candidate) ?? [];
  if (seq === undefined || silence === undefined) return;
  const hiddenHigh = silence.hiddenHigh + (candidate.priority === "high" ? 1 : 0);
  writeSilence(context, seq, { ...silence, hidden: silence.hidden + 1, hiddenHigh, lastHidAt: context.now }, false);
}

/** `news`: false where only what it has hidden changed. */
export function writeSilence(context: Silences, seq: number, silence: Silence, news: boolean): void {
  context.state.set("silence", String(seq), silence);
  const before = context.silences.get(seq)?.news ?? false;
  context.silences.set(seq, { seq, silence, ended: null, news: news || before });
}
