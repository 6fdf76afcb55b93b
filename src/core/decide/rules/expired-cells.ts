import { dayMs, hourMs } from "../../duration";
import type { DecisionContext } from "../context";

const everyMs = hourMs;
/** No cooldown is longer than a day. */
const cooldownsKeptMs = dayMs;

/** Once an hour forgets what can no longer matter. */
export function pruneExpiredCells({ state, now }: DecisionContext): void {
  const before = state.get("housekeeping", "all");
  if (before && Math.abs(now - before.at) < everyMs) return;
  state.set("housekeeping", "all", { at: now });
  for (const [fingerprint, { raisedAt }] of state.entries("cooldown")) {
    if (Math.abs(now - raisedAt) > cooldownsKeptMs) state.set("cooldown", fingerprint, null);
  }
}
