import type { Candidate } from "../candidate";
import type { Check } from "../decision";
import type { Settings } from "../settings";
import type { Draft, State } from "../state";
import { askCap, stampCap } from "./cap";
import { askCooldown, stampCooldown } from "./cooldown";
import { askInhibited } from "./inhibited";
import { askSilenced } from "./silenced";

/** Every gate the alert meets, in order. State alerts meet only the first two; the desk's own events no cap. */
export function askGates(state: State, candidate: Candidate, settings: Settings, now: number): Check[] {
  const checks = [askInhibited(state, candidate), askSilenced(candidate, settings, now)];
  if (candidate.kind === "state") return checks;
  checks.push(askCooldown(state, candidate, settings, now));
  if (candidate.type !== "SYSTEM") checks.push(askCap(state, candidate, settings, now));
  return checks;
}

/** What an alert that went out leaves behind for the next ones. Only called where every check passed. */
export function stampGates(state: Draft, candidate: Candidate, settings: Settings, now: number): void {
  if (candidate.kind === "state") return;
  stampCooldown(state, candidate, now);
  if (candidate.type !== "SYSTEM") stampCap(state, candidate, settings, now);
}
