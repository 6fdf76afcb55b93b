import { computed, effect } from "@preact/signals";
import type { Store } from "../store";
import { accountRead, prefer, preferences } from "./preferences";

/** Until when alerts count as read, epoch ms; null where that is not known yet. */
export const seenAt = computed(() => {
  const seen = preferences.value.alerts_seen_at;
  return seen === null ? null : Date.parse(seen);
});

/** Whether an alert was raised since they were last looked at. */
export function isUnread({ timestamp }: { readonly timestamp: string }): boolean {
  return seenAt.value !== null && Date.parse(timestamp) > seenAt.value;
}

/**
 * Alerts raised since they were last looked at, of those the desk holds (the newest twenty); null where nothing is
 * known yet.
 */
export function unreadOf(store: Store) {
  return computed(() => {
    const rows = store.alerts.value;
    return rows === null || seenAt.value === null ? null : rows.filter(isUnread).length;
  });
}

export function markAlertsRead(store: Store): void {
  prefer({ alerts_seen_at: new Date(store.clock.read()).toISOString() });
}

/** Shorter is a glance, not a visit, ms. */
const visitMs = 10_000;

/**
 * What comes after an account's first visit is unread, and after each later one: a visit ends when a page that shows
 * the alerts is left. Returns how to stop.
 */
export function followVisits(store: Store): () => void {
  let visibleSince = performance.now();
  const stop = effect(() => {
    const first = accountRead.value && preferences.value.alerts_seen_at === null;
    if (first && store.receivedAt.value !== null) markAlertsRead(store);
  });
  const changed = () => {
    const long = performance.now() - visibleSince >= visitMs;
    if (document.visibilityState === "visible") visibleSince = performance.now();
    else if (long && document.querySelector("main .panel.alerts") !== null) markAlertsRead(store);
  };
  document.addEventListener("visibilitychange", changed);
  return () => {
    stop();
    document.removeEventListener("visibilitychange", changed);
  };
}
