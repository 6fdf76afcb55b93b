import { comparePriority } from "../alert";
import { check, type Candidate } from "../candidate";
import type { Check } from "../decision";
import { settingsFor, type Settings } from "../settings";
import type { Cooldown, Draft, State } from "../state";
import { formatDuration } from "../text";

/** Minimum time between alerts of one fingerprint; a rise above the highest raised within it breaks it. */
export function askCooldown(state: State, candidate: Candidate, settings: Settings, now: number): Check {
  const { cooldownMs } = settingsFor(settings, candidate.source);
  const standing = state.get("cooldown", candidate.fingerprint);
  const limit = formatDuration(cooldownMs);
  if (!standing || !isWithin(standing, cooldownMs, now)) {
    return check("cooldown", true, standing ? formatDuration(now - standing.raisedAt) : null, limit, standing ? null : "none like it before");
  }
  const rises = comparePriority(candidate.priority, standing.priority) > 0;
  return check(
    "cooldown",
    rises,
    formatDuration(now - standing.raisedAt),
    limit,
    rises ? `rose from ${standing.priority} to ${candidate.priority}` : `${standing.priority} raised ${formatDuration(now - standing.raisedAt)} before`,
  );
}

/** What passed either met no cooldown or rose above the highest raised within it. */
export function stampCooldown(state: Draft, { fingerprint, priority }: Candidate, now: number): void {
  state.set("cooldown", fingerprint, { raisedAt: now, priority });
}

/** A clock set back must not mute for longer than the cooldown. */
function isWithin(standing: Cooldown, cooldownMs: number, now: number): boolean {
  return Math.abs(now - standing.raisedAt) < cooldownMs;
}
