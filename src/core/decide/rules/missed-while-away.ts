import { compareMerit, firstFailing, type Candidate, type Judgement } from "../candidate";
import type { DecisionContext } from "../context";
import { checkGates, stampGates } from "../gates/gates";
import type { Batch, SourceCaughtUp, SourceWatched } from "../../observation";
import { StateOverlay, type CapWindow, type Cells, type Cooldown, type Missed } from "../state";
import { formatCount } from "../../text";
import { eventStandsForMs } from "./strong-signal";
import { systemAlert } from "./system-alert";

const namedMax = 3;

const isoOf = (at: number) => new Date(at).toISOString();

/** Watching again after a time of not watching: from here on count what would have been raised. */
export function startCounting({ state, now }: DecisionContext, { source }: SourceWatched): void {
  if (!state.get("source", source)?.everWatched || state.get("missed", source)) return;
  state.set("missed", source, { since: now, count: 0, high: 0, medium: 0, strongest: [], cooldowns: {}, caps: {} });
}

/**
 * Was it only its lateness that kept it from being raised? Then the gates are checked as they stood at its own time.
 * True where it would have been raised.
 */
export function countMissed(
  context: DecisionContext,
  { source, backlog }: Batch,
  judgement: Judgement,
  observedAt: number,
): boolean {
  const missed = context.state.get("missed", source);
  if (!missed || !backlog) return false;
  const failing = judgement.checks.filter((check) => !check.passed);
  if (failing.length === 0 || failing.some(({ word }) => word !== "late")) return false;
  const then = new StateOverlay(context.state);
  for (const [fingerprint, cooldown] of Object.entries(missed.cooldowns)) then.set("cooldown", fingerprint, cooldown);
  for (const [key, window] of Object.entries(missed.caps)) then.set("cap", key, window);
  const { candidate } = judgement;
  if (firstFailing(checkGates(then, candidate, context.settings, observedAt)) !== null) return false;
  stampGates(then, candidate, context.settings, observedAt);
  const { priority, strength } = candidate;
  context.state.set("missed", source, {
    since: missed.since,
    count: missed.count + 1,
    high: missed.high + (priority === "high" ? 1 : 0),
    medium: missed.medium + (priority === "medium" ? 1 : 0),
    strongest: [...missed.strongest, { name: nameOf(candidate), priority, strength }]
      .toSorted(compareMerit)
      .slice(0, namedMax),
    ...stampsOf(then),
  });
  return true;
}

/** `BTCUSDT long 92` */
function nameOf({ symbol, direction, strength, message }: Candidate): string {
  if (symbol === null) return message;
  return [symbol, direction, strength === null ? null : Math.round(strength)].filter((part) => part !== null).join(" ");
}

function stampsOf(overlay: StateOverlay): Pick<Missed, "cooldowns" | "caps"> {
  const cooldowns: Record<string, Cooldown> = {};
  const caps: Record<string, CapWindow> = {};
  for (const change of overlay.changes) {
    if (change.kind === "cooldown" && change.value) cooldowns[change.key] = change.value;
    if (change.kind === "cap" && change.value) caps[change.key] = change.value;
  }
  return { cooldowns, caps };
}

/** The first look is done: one alert says what was missed, if anything was. */
export function sumUpMissed(context: DecisionContext, { source }: SourceCaughtUp): void {
  const missed: Cells["missed"] | undefined = context.state.get("missed", source);
  if (!missed) return;
  context.state.set("missed", source, null);
  if (missed.count === 0) return;
  const { since, count, high, medium, strongest } = missed;
  const names = [
    ...strongest.map(({ name }) => name),
    ...(count > strongest.length ? [`${count - strongest.length} more`] : []),
  ];
  const candidate = systemAlert({
    rule: "missed-while-away",
    subject: source,
    kind: "event",
    priority: high > 0 ? "high" : medium > 0 ? "medium" : "low",
    message:
      context.settings.edition >= 2
        ? `Missed while away: ${formatCount(count, "signal")} of ${source}` +
          `${high === 0 ? "" : `, ${high} of high priority`}: ${names.join(", ")}`
        : `missed while away: ${count}, ${high} of them high: ${names.join(", ")} ` +
          `(${formatCount(count, "signal")} of ${source} read too late)`,
    source,
    expiresAt: context.now + eventStandsForMs,
    details: { count, high, medium, readSince: isoOf(since), readUntil: isoOf(context.now) },
  });
  context.weigh({ candidate, checks: [] });
}
