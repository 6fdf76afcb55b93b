import { computed, effect } from "@preact/signals";
import type { ReadinessShape } from "../../src/views/health";
import type { Store } from "../store";

/** An answer of "not ready" is an error line in the browser's console, so it is not read more often. */
const everyMs = 5000;

/** Reads the readiness while the daemon is not simply online. Returns how to stop. */
export function followReadiness(store: Store, url: URL, onReady: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;
  const status = computed(() => store.system.value?.status);

  async function poll(thisRound: number): Promise<void> {
    const readiness = await readinessFrom(url);
    if (thisRound !== round) return;
    store.setReadiness(readiness);
    if (status.peek() === "starting" && readiness?.status === "ready") onReady();
    timer = setTimeout(() => void poll(thisRound), everyMs);
  }

  const dispose = effect(() => {
    clearTimeout(timer);
    round += 1;
    if (status.value === "starting" || status.value === "degraded") void poll(round);
    else store.setReadiness(null);
  });
  return () => {
    dispose();
    clearTimeout(timer);
    round += 1;
  };
}

/** Null where the daemon is away: what it said before is no longer known, and the connection says the rest. */
async function readinessFrom(url: URL): Promise<ReadinessShape | null> {
  try {
    const answer = await fetch(url);
    return (await answer.json()) as ReadinessShape;
  } catch {
    return null;
  }
}
