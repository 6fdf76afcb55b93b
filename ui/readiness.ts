import { computed, effect } from "@preact/signals";
import type { Readiness } from "../src/api/ports";
import type { Store } from "./store";

const whileStartingMs = 1000;
const whileDegradedMs = 15_000;

/** Asks for readiness as long as the daemon says it is not simply online, and not otherwise. Returns how to stop. */
export function followReadiness(store: Store, url: string, onReady: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;

  async function ask(thisRound: number, everyMs: number): Promise<void> {
    const readiness = await readinessFrom(url);
    if (thisRound !== round) return;
    store.setReadiness(readiness);
    if (everyMs === whileStartingMs && readiness?.status === "ready") onReady();
    timer = setTimeout(() => void ask(thisRound, everyMs), everyMs);
  }

  const status = computed(() => store.system.value?.status);
  const dispose = effect(() => {
    clearTimeout(timer);
    round += 1;
    if (status.value === "starting") void ask(round, whileStartingMs);
    else if (status.value === "degraded") void ask(round, whileDegradedMs);
    else store.setReadiness(null);
  });
  return () => {
    dispose();
    clearTimeout(timer);
    round += 1;
  };
}

/** Null where the daemon is away: what it said before is no longer known, and the connection says the rest. */
async function readinessFrom(url: string): Promise<Readiness | null> {
  try {
    const answer = await fetch(url);
    return await answer.json() as Readiness;
  } catch {
    return null;
  }
}
