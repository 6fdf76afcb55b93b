import { comparePriority } from "../../alert";
import { check, type Candidate } from "../candidate";
import type { Check } from "../decision";
import { settingsFor, type Settings } from "../../settings";
import type { Cooldown, StateOverlay, State } from "../state";
import { formatDuration } from "../../text";

/** Minimum time between alerts of one fingerprint; a rise above the highest raised within it breaks it. */
export function checkCooldown(state: State, candidate: Candidate, settings: Settings, now: number): Check {
  const { cooldownMs } = settingsFor(settings, candidate.source);
  const running = state.get("cooldown", candidate.fingerprint);
  const limit = formatDuration(cooldownMs);
  if (!running || !isWithin(running, cooldownMs, now)) {
    return check(
      "cooldown",
      true,
      running ? formatDuration(now - running.raisedAt) : null,
      limit,
      running ? null : "none like it before",
    );
  }
  const rises = comparePriority(candidate.priority, running.priority) > 0;
  return check(
    "cooldown",
    rises,
    formatDuration(now - running.raisedAt),
    limit,
    rises
      ? `rose from ${running.priority} to ${candidate.priority}`
      : `${running.priority} raised ${formatDuration(now - running.raisedAt)} before`,
  );
}

/** What passed either met no cooldown or rose above the highest raised within it. */
export function stampCooldown(state: StateOverlay, { fingerprint, priority }: Candidate, now: number): void {
  state.set("cooldown", fingerprint, { raisedAt: now, priority });
}

/** A clock set back must not mute for longer than the cooldown. */
function isWithin(running: Cooldown, cooldownMs: number, now: number): boolean {
  return Math.abs(now - running.raisedAt) < cooldownMs;
}
