import { expectedMs } from "../../calendar/expected";
import { hourMs, minuteMs } from "../../duration";
import type { DecisionContext } from "../context";
import type { ReportObserved } from "../../observation";
import { settingsFor, type Settings } from "../../settings";
import type { State } from "../state";
import { formatDuration } from "../../text";
import { systemAlert, systemFingerprint } from "./system-alert";

const gapsToLearn = 20;
const gapsKept = 200;
const neverSilentBeforeMs = 15 * minuteMs;
const judgedUpToMs = 6 * hourMs;

/** What a source's silence is measured against. */
export type Cadence =
  | JudgedCadence
  | { readonly kind: "learning"; readonly gaps: number; readonly of: number }
  | { readonly kind: "irregular"; readonly everyMs: number };

interface JudgedCadence {
  readonly kind: "expected" | "learned";
  readonly everyMs: number;
  readonly silentAfterMs: number;
}

/** Its own word on how often it speaks wins; else the 95th percentile of its last 200 gaps, where that means anything. */
export function cadenceOf(state: State, settings: Settings, source: string): Cadence {
  const { expectEveryMs } = settingsFor(settings, source);
  if (expectEveryMs !== null) return { kind: "expected", everyMs: expectEveryMs, silentAfterMs: expectEveryMs };
  const gaps = state.get("cadence", source) ?? [];
  if (gaps.length < gapsToLearn) return { kind: "learning", gaps: gaps.length, of: gapsToLearn };
  const everyMs = percentile95(gaps);
  if (everyMs >= judgedUpToMs) return { kind: "irregular", everyMs };
  return { kind: "learned", everyMs, silentAfterMs: Math.max(3 * everyMs, neverSilentBeforeMs) };
}

/** Nearest rank. */
function percentile95(gaps: readonly number[]): number {
  const sorted = gaps.toSorted((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? 0;
}

/** A live report came: the source speaks, and its gap teaches how often it does. */
export function applySource(context: DecisionContext, { source }: ReportObserved): void {
  const { state, settings, now } = context;
  const watch = state.get("source", source);
  if (!watch) return;
  if (watch.spokeAt !== null && watch.spokeAt >= watch.since) {
    const gap = expectedMs(settings, source, watch.spokeAt, now);
    state.set("cadence", source, [...(state.get("cadence", source) ?? []).slice(1 - gapsKept), gap]);
  }
  state.set("source", source, { ...watch, spokeAt: now });
  context.release(systemFingerprint("source-silent", source));
}

/** Unwatched time does not count, nor does what is outside of its sessions: from the last report or the start of watching. */
export function judgeSilence(context: DecisionContext): void {
  for (const [source, watch] of context.state.entries("source")) {
    if (!watch.watched || watch.spokeAt === null) continue;
    const cadence = cadenceOf(context.state, context.settings, source);
    const judged = cadence.kind === "expected" || cadence.kind === "learned" ? cadence : null;
    const quietSince = (at: number) => expectedMs(context.settings, source, at, context.now);
    if (judged && quietSince(Math.max(watch.spokeAt, watch.since)) > judged.silentAfterMs)
      context.hold(silentAlert(source, context.now - watch.spokeAt, judged));
    else if (!judged || quietSince(watch.spokeAt) <= judged.silentAfterMs)
      context.release(systemFingerprint("source-silent", source));
  }
}

function silentAlert(source: string, quietMs: number, { kind, everyMs, silentAfterMs }: JudgedCadence) {
  const usual = kind === "expected" ? "expected every" : "usually at least every";
  return systemAlert({
    rule: "source-silent",
    subject: source,
    kind: "state",
    priority: "high",
    message: `${source}: no report for ${formatDuration(quietMs)}, ${usual} ${formatDuration(everyMs)}`,
    source,
    expiresAt: null,
    details: { quietMs, everyMs, silentAfterMs, cadence: kind },
  });
}
