import type { Store } from "../store";

/** Every list is asked for anew, without a load. */
export function refreshAll(store: Store): void {
  store.apply({ type: "refresh" });
}
