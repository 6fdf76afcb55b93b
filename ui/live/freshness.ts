import { freshnessAt, type FreshnessState } from "../../src/core/freshness";
import type { Freshness } from "../../src/views/freshness";
import { useStore } from "../store-context";

/** How something that is expected has come, as of now. */
export interface Expected extends Pick<Freshness, "kind" | "name" | "at" | "why"> {
  readonly state: FreshnessState;
}

/** Every source, exchange and scanner, as the daemon last judged them; they age here as they do there. */
export function useFreshness(): readonly Expected[] {
  const store = useStore();
  const all = store.system.value?.freshness ?? [];
  const now = store.clock.now.value;
  return all.map(({ kind, name, state, at, stale_after_seconds: after, why }) => ({
    kind,
    name,
    at,
    why,
    state: freshnessAt(state, at === null ? null : Date.parse(at), after === null ? null : after * 1000, now),
  }));
}

/** The first of these there is; null where nothing of the kind is expected. */
export function findExpected(
  all: readonly Expected[],
  wanted: readonly (readonly [Freshness["kind"], string | null])[],
): Expected | null {
  for (const [kind, name] of wanted) {
    const found = all.find((each) => each.kind === kind && each.name === name);
    if (found !== undefined) return found;
  }
  return null;
}
