import type { AlertChange } from "../alert";
import { dayMs, minuteMs } from "../duration";
import { formatMatch, matches } from "../matcher";
import type { SilenceObserved } from "../observation";
import type { Silence, SilenceEndReason, SilenceOutcome } from "../silence";
import { formatCount, formatDuration } from "../text";
import type { Candidate } from "./candidate";
import type { DecisionContext } from "./context";
import { writeSilence, type Silences } from "./gates/count-hidden";
import { systemAlert } from "./rules/system-alert";
import type { State } from "./state";

const unusedForMs = dayMs;
const announcedBeforeMs = 10 * minuteMs;

/** Someone made a silence, changed one or ended one. */
export function applySilence(context: DecisionContext, observed: SilenceObserved): SilenceOutcome {
  const { act } = observed;
  if (act === "end") return end(context, observed.silence, "by-hand") ? "done" : "ended";
  const { terms, by, untilAlert } = observed;
  const seq = act === "add" ? observed.seq : observed.silence;
  const before = context.state.get("silence", String(seq));
  if (act === "change" && before === undefined) return "ended";
  if (untilAlert !== null && !context.stands(untilAlert)) return "alert-ended";
  const near = terms.endsAt !== null && terms.endsAt - context.now <= announcedBeforeMs;
  const unused = { by, createdAt: context.now, hidden: 0, hiddenHigh: 0, lastHidAt: null };
  writeSilence(context, seq, { ...unused, ...before, ...terms, announced: near }, true);
  return "done";
}

/** Alerts ended: what was to be silent until then is so no longer. */
export function endWithAlerts(context: Silences, changed: readonly AlertChange[]): void {
  if (changed.length === 0) return;
  const over = new Set(changed.map(({ seq }) => seq));
  for (const [key, { untilAlertSeq }] of context.state.entries("silence"))
    if (untilAlertSeq !== null && over.has(untilAlertSeq)) end(context, Number(key), "resolved");
}

/** Time went by: ends those whose end has come, and announces the end of those that hide something. */
export function passSilences(context: DecisionContext): void {
  const { state, now } = context;
  for (const [key, silence] of state.entries("silence")) {
    const seq = Number(key);
    const { endsAt, untilAlertSeq } = silence;
    if (endsAt === null) {
      if (untilAlertSeq === null && !isUsed(state, silence, now)) end(context, seq, "unused");
    } else if (endsAt <= now) end(context, seq, "time");
    else if (endsAt - now <= announcedBeforeMs && !silence.announced && isUsed(state, silence, now)) {
      writeSilence(context, seq, { ...silence, announced: true }, false);
      context.weigh({ candidate: endingAlert(seq, silence, endsAt - now), checks: [] });
    }
  }
}

/** It hid something within a day, is no older than that, or holds a state back. */
function isUsed(state: State, silence: Silence, now: number): boolean {
  const { createdAt, lastHidAt, endsAt } = silence;
  // One with an end is asked whether it hides anything; one without has a day to begin with.
  const since = lastHidAt ?? (endsAt === null ? createdAt : null);
  return (since !== null && now - since < unusedForMs) || holdsBack(state, silence);
}

function holdsBack(state: State, { match, includeHigh }: Silence): boolean {
  for (const [fingerprint, { alertSeq, alert }] of state.entries("condition")) {
    if (alertSeq !== null || !alert || (!includeHigh && alert.priority === "high")) continue;
    if (matches(match, { ...alert, fingerprint })) return true;
  }
  return false;
}

function end(context: Silences, seq: number, reason: SilenceEndReason): boolean {
  const silence = context.state.get("silence", String(seq));
  if (!silence) return false;
  context.state.set("silence", String(seq), null);
  context.silences.set(seq, { seq, silence, ended: { at: context.now, reason }, news: true });
  return true;
}

function endingAlert(seq: number, { match, hidden, hiddenHigh, endsAt }: Silence, leftMs: number): Candidate {
  const high = hiddenHigh === 0 ? "" : `, ${hiddenHigh} of high priority`;
  return systemAlert({
    rule: "silence-ending",
    // Of each end once: one that is put off is announced again.
    subject: `${seq} ${endsAt}`,
    kind: "event",
    priority: "medium",
    message: `The silence of ${formatMatch(match)} ends in ${formatDuration(leftMs)}; it has hidden ${formatCount(hidden, "alert")}${high}`,
    source: null,
    expiresAt: endsAt,
    details: { silence: seq, hidden, hiddenHigh },
  });
}
