import { effect } from "@preact/signals";
import type { Store } from "../store";
import { socketTimeframe, type OverviewShape } from "../wire";
import { fetchJson } from "./fetch-json";

const everyMs = 10_000;
/** How long the socket may be away before polling takes its place. */
const timeoutMs = 4000;
const lockName = "virtuoso polling";
const channelName = "virtuoso overview";

/**
 * While no socket can be had, reads the overview every ten seconds instead: one page of this browser for all of them.
 * A hidden page leaves that to another. Returns how to stop.
 */
export function followByPolling(store: Store, url: URL): () => void {
  const channel = new BroadcastChannel(channelName);
  const broadcast = channel.postMessage.bind(channel);
  let turn: AbortController | undefined;
  let patience: ReturnType<typeof setTimeout> | undefined;

  function take(overview: OverviewShape): void {
    if (store.connection.peek().state === "connected") return;
    store.setPolling(true);
    store.takeSnapshot(overview, socketTimeframe, Date.now());
    store.apply({ type: "refresh", polled: true });
  }

  /** Reads until stopped; the holder of the lock reads for all pages. */
  async function pollUntilStopped(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      const fetched = await fetchJson<OverviewShape>(url, stopped);
      if (stopped.aborted) return;
      if ("answer" in fetched) {
        take(fetched.answer);
        broadcast(fetched.answer);
      } else {
        store.setPolling(false);
        store.setTrouble(fetched.trouble);
      }
      await rest(everyMs, stopped);
    }
  }

  function begin(): void {
    if (turn !== undefined || document.hidden) return;
    const mine = new AbortController();
    turn = mine;
    const work = () => pollUntilStopped(mine.signal);
    // Locks exist where the page came by TLS or from this machine; elsewhere each page reads for itself.
    const held = "locks" in navigator ? navigator.locks.request(lockName, { signal: mine.signal }, work) : work();
    held.catch((error: unknown) => {
      if (!mine.signal.aborted) throw error;
    });
  }

  function end(): void {
    clearTimeout(patience);
    patience = undefined;
    turn?.abort();
    turn = undefined;
  }

  function check(): void {
    const connected = store.connection.peek().state === "connected";
    if (connected) store.setPolling(false);
    if (connected || document.hidden) end();
    else if (turn === undefined) patience ??= setTimeout(begin, timeoutMs);
  }

  channel.addEventListener("message", (event: MessageEvent<OverviewShape>) => take(event.data));
  const stop = effect(() => {
    void store.connection.value;
    check();
  });
  document.addEventListener("visibilitychange", check);
  return () => {
    stop();
    end();
    document.removeEventListener("visibilitychange", check);
    channel.close();
  };
}

function rest(ms: number, stopped: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    stopped.addEventListener(
      "abort",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}
