import type { Candidate } from "../candidate";
import type { Check } from "../decision";
import type { Settings } from "../../settings";
import type { StateOverlay, State } from "../state";
import { checkCap, stampCap } from "./cap";
import { checkCooldown, stampCooldown } from "./cooldown";
import { checkInhibited } from "./inhibited";
import { checkSilenced } from "./silenced";

/** Every gate the alert meets, in order. State alerts meet only the first two; the desk's own events no cap. */
export function checkGates(state: State, candidate: Candidate, settings: Settings, now: number): Check[] {
  const checks = [checkInhibited(state, candidate, settings), checkSilenced(state, candidate, settings, now)];
  if (candidate.kind === "state") return checks;
  checks.push(checkCooldown(state, candidate, settings, now));
  if (candidate.type !== "SYSTEM") checks.push(checkCap(state, candidate, settings, now));
  return checks;
}

/** What an alert that went out leaves behind for the next ones. Only called where every check passed. */
export function stampGates(state: StateOverlay, candidate: Candidate, settings: Settings, now: number): void {
  if (candidate.kind === "state") return;
  stampCooldown(state, candidate, now);
  if (candidate.type !== "SYSTEM") stampCap(state, candidate, settings, now);
}
