import { computed } from "@preact/signals";
import type { Store } from "../store";
import { prefer, preferences } from "./preferences";

/**
 * Alerts raised since they were last looked at, of those the desk holds (the newest twenty); null where nothing is
 * known yet.
 */
export function unreadOf(store: Store) {
  return computed(() => {
    const rows = store.alerts.value;
    const seen = preferences.value.alerts_seen_at;
    return rows === null ? null : rows.filter((row) => seen === null || row.timestamp > seen).length;
  });
}

export function markAlertsRead(store: Store): void {
  prefer({ alerts_seen_at: new Date(store.clock.read()).toISOString() });
}
