import type { Store } from "../store";

/** Reads every list again, without a load. */
export function refreshAll(store: Store): void {
  store.apply({ type: "refresh" });
}
