import { compareMerit, check, type Candidate } from "../candidate";
import type { Check } from "../decision";
import { settingsFor, type Settings } from "../../settings";
import type { CapWindow, StateOverlay, State } from "../state";

/** Most alerts per source and fixed UTC window of the scan interval; a third of the places is for high only. */
export function checkCap(state: State, candidate: Candidate, settings: Settings, now: number): Check {
  const { maxAlerts } = settingsFor(settings, candidate.source);
  const window = state.get("cap", capKey(candidate, settings, now));
  const raised = window?.raised ?? 0;
  if (raised >= maxAlerts) return check("cap", false, raised, maxAlerts, "all places of this window are taken");
  const open = maxAlerts - Math.floor(maxAlerts / 3);
  const notHigh = window?.raisedNotHigh ?? 0;
  if (candidate.priority !== "high" && notHigh >= open) {
    return check("cap", false, notHigh, open, "the places left in this window are for high only");
  }
  return check("cap", true, raised, maxAlerts);
}

export function stampCap(state: StateOverlay, candidate: Candidate, settings: Settings, now: number): void {
  const window = windowAt(state, candidate, settings, now);
  state.set("cap", capKey(candidate, settings, now), {
    ...window,
    raised: window.raised + 1,
    raisedNotHigh: window.raisedNotHigh + (candidate.priority === "high" ? 0 : 1),
  });
}

/** Keeps what the cap held back for the window's summary. */
export function countOverflow(state: StateOverlay, candidate: Candidate, settings: Settings, now: number): void {
  const window = windowAt(state, candidate, settings, now);
  const { message, strength, priority } = candidate;
  const stronger = window.strongest === null || compareMerit(candidate, window.strongest) < 0;
  state.set("cap", capKey(candidate, settings, now), {
    ...window,
    overflow: window.overflow + 1,
    strongest: stronger ? { message, strength, priority } : window.strongest,
  });
}

function windowAt(state: State, candidate: Candidate, settings: Settings, now: number): CapWindow {
  return (
    state.get("cap", capKey(candidate, settings, now)) ?? {
      source: candidate.source ?? "",
      endsAt: windowStart(settings, now) + settings.scanIntervalMs,
      raised: 0,
      raisedNotHigh: 0,
      overflow: 0,
      strongest: null,
    }
  );
}

function capKey(candidate: Candidate, settings: Settings, now: number): string {
  return JSON.stringify([candidate.source, windowStart(settings, now), settings.scanIntervalMs]);
}

function windowStart(settings: Settings, now: number): number {
  return Math.floor(now / settings.scanIntervalMs) * settings.scanIntervalMs;
}
