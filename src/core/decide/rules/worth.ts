import { check } from "../candidate";
import { comparePriority, type Priority } from "../../alert";
import type { Check } from "../decision";
import type { Related } from "../identity";
import type { Batch } from "../../observation";
import { settingsFor, type Settings } from "../../settings";
import type { DatedBy } from "../../signal";
import { formatDuration } from "../../text";

/** What every rule checks of an item before its own conditions. */
export interface Arrival {
  readonly batch: Batch;
  readonly observedAt: number;
  readonly datedBy: DatedBy;
  readonly expiresAt: number | null;
  /** Null for items that have no identity of their own. */
  readonly related: Related | null;
}

export function checkArrival(arrival: Arrival, priority: Priority, settings: Settings, now: number): Check[] {
  return [checkDuplicate(arrival, priority), checkLate(arrival, settings, now), checkUndated(arrival)];
}

function checkDuplicate({ batch, related }: Arrival, priority: Priority): Check {
  if (batch.known) return check("duplicate", false, null, null, "the same content was read before");
  if (related === null || related.relation === "first") return check("duplicate", true, null, null, "not seen before");
  if (related.relation === "twin") return check("duplicate", false, null, null, `the same signal as s${related.seq}`);
  const alerted = related.known?.alerted ?? null;
  if (alerted === null)
    return check("duplicate", true, null, null, `s${related.seq} reported differently, not alerted before`);
  const rises = comparePriority(priority, alerted) > 0;
  return check(
    "duplicate",
    rises,
    priority,
    alerted,
    `s${related.seq} reported differently, already alerted at ${alerted}`,
  );
}

function checkLate(arrival: Arrival, settings: Settings, now: number): Check {
  if (arrival.datedBy === "mtime") return check("late", true, null, null, "it carries no time of its own");
  const { freshForMs } = settingsFor(settings, arrival.batch.source);
  const lag = now - arrival.observedAt;
  if (arrival.expiresAt !== null && arrival.expiresAt <= now) {
    return check("late", false, formatDuration(now - arrival.expiresAt), null, "it had expired when it was read");
  }
  return check("late", lag <= freshForMs, formatDuration(Math.max(0, lag)), formatDuration(freshForMs));
}

function checkUndated({ datedBy, batch }: Arrival): Check {
  if (datedBy !== "mtime") return check("undated", true, datedBy, null, null);
  return batch.backlog
    ? check("undated", false, null, null, "found by a first look without a time: how old it is cannot be known")
    : check("undated", true, null, null, "seen arriving, so it counts as now");
}
