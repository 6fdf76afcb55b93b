import { effect } from "@preact/signals";
import { fetchJson } from "./fetch-json";
import type { Store } from "../store";
import { socketTimeframe, type OverviewShape, type Timeframe } from "../wire";

/** Reads overviews where the socket does not bring them. */
export interface OverviewReader {
  readonly refresh: () => void;
  stop(): void;
}

/** The daemon allows thirty overviews a minute from one address; this leaves room for a few pages. */
const everyMs = 20_000;

/**
 * Reads the overview whenever another timeframe is chosen. The socket's snapshots cover one timeframe only, so any other
 * is read again now and then; the first of that one comes with the socket's greeting, where a socket can be had.
 */
export function followOverview(store: Store, urlFor: (timeframe: Timeframe) => URL): OverviewReader {
  let running: AbortController | undefined;

  async function read(timeframe: Timeframe): Promise<void> {
    running?.abort();
    const ours = new AbortController();
    running = ours;
    const startedAt = Date.now();
    const result = await fetchJson<OverviewShape>(urlFor(timeframe), ours.signal);
    if (ours.signal.aborted) return;
    if ("trouble" in result) store.setTrouble(result.trouble);
    else store.takeSnapshot(result.answer, timeframe, startedAt);
  }

  const refresh = () => void read(store.timeframe.peek());
  const timer = setInterval(() => {
    if (store.timeframe.peek() !== socketTimeframe && !document.hidden) refresh();
  }, everyMs);
  const unanswered = () => store.receivedAt.peek() === null;
  const disposals = [
    effect(() => {
      const timeframe = store.timeframe.value;
      if (timeframe !== socketTimeframe || !unanswered()) void read(timeframe);
    }),
    effect(() => {
      if (store.link.value === "lost" && unanswered()) refresh();
    }),
  ];
  return {
    refresh,
    stop() {
      clearInterval(timer);
      for (const dispose of disposals) dispose();
      running?.abort();
    },
  };
}
