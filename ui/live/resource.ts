import { useEffect, useRef, useState } from "preact/hooks";
import { here } from "../here";
import type { Store } from "../store";
import { useStore } from "../store-context";
import type { Frame } from "../wire";
import { fetchJson, type Fetched } from "./fetch-json";
import { createRefresher } from "./refresher";

/**
 * What the daemon answers at a path. Loading: neither value nor trouble yet. A failed read leaves the value before it
 * in place.
 */
export interface Resource<T> {
  readonly value: T | null;
  /** When `value` was answered, daemon's epoch ms; null without one. */
  readonly readAt: number | null;
  /** Why the newest read failed, as a sentence; null where it did not. */
  readonly trouble: string | null;
  readonly refetch: () => void;
  /**
   * Reads another path, such as a list's next page, into the value. One at a time; nothing happens before there is a
   * value.
   */
  readonly extend: (path: string, join: (value: T, read: T) => T) => void;
  /** Changes the value kept, without a read; nothing happens before there is one. */
  readonly adjust: (change: (value: T) => T) => void;
}

export interface ResourceOptions<T> {
  /** Whether this frame may have changed the answer. Depends on the path alone. */
  readonly changedBy?: ((frame: Frame) => boolean) | null;
  /** A burst of such frames is one read: this lies between two, ms. */
  readonly everyMs?: number;
  /** What a frame changes in the value at once, wherever it may be in it. Depends on the path alone. */
  readonly lay?: (value: T, frame: Frame) => T;
  /** Lays a new answer over the value kept; without it the answer replaces the value. */
  readonly merge?: (value: T, read: T) => T;
}

interface Kept<T> {
  readonly path: string;
  readonly value: T | null;
  readonly readAt: number | null;
  readonly trouble: string | null;
}

/**
 * Reads a path of the daemon, again after changes, lost connections and a refresh, until the component or its path
 * goes.
 */
export function useResource<T>(path: string, options: ResourceOptions<T> = {}): Resource<T> {
  const store = useStore();
  const [kept, keep] = useState<Kept<T>>(() => nothingAt(path));
  const running = useRef<Pick<Resource<T>, "refetch" | "extend"> | null>(null);
  useEffect(() => {
    const reading = readResource(store, path, options, keep);
    running.current = reading;
    return reading.stop;
  }, [path]);
  const { value, readAt, trouble } = kept.path === path ? kept : nothingAt<T>(path);
  return {
    value,
    readAt,
    trouble,
    refetch: () => running.current?.refetch(),
    extend: (next, join) => running.current?.extend(next, join),
    adjust: (change) => keep((before) => (before.path === path ? changed(before, change) : before)),
  };
}

type Keep<T> = (change: (before: Kept<T>) => Kept<T>) => void;

function readResource<T>(
  store: Store,
  path: string,
  { changedBy = null, everyMs = 1000, lay, merge = (_, read) => read }: ResourceOptions<T>,
  keep: Keep<T>,
): Pick<Resource<T>, "refetch" | "extend"> & { readonly stop: () => void } {
  let failed = false;
  let extending = false;
  const stopped = new AbortController();

  function take(fetched: Fetched<T>, join: (value: T, read: T) => T): void {
    failed = "trouble" in fetched;
    if ("date" in fetched) store.clock.learnDate(fetched.date);
    keep((before) => {
      const kept = before.path === path ? before : nothingAt<T>(path);
      if ("trouble" in fetched) return { ...kept, trouble: fetched.trouble };
      const value = kept.value === null ? fetched.answer : join(kept.value, fetched.answer);
      return { path, value, readAt: store.clock.read(), trouble: null };
    });
  }

  const refresher = createRefresher(everyMs, async (signal) => {
    const fetched = await fetchJson<T>(here(path), signal);
    if (!signal.aborted) take(fetched, merge);
  });
  const stopListening = store.listen((frame) => {
    if (lay !== undefined) keep((before) => changed(before, (value) => lay(value, frame)));
    const missed = frame.type === "resync" || frame.type === "refresh" || (frame.type === "hello" && failed);
    if (missed || changedBy?.(frame) === true) refresher.soon();
  });
  refresher.now();

  async function extend(next: string, join: (value: T, read: T) => T): Promise<void> {
    if (extending) return;
    extending = true;
    const fetched = await fetchJson<T>(here(next), stopped.signal);
    extending = false;
    if (!stopped.signal.aborted) take(fetched, join);
  }

  return {
    refetch: () => refresher.now(),
    extend: (next, join) => void extend(next, join),
    stop() {
      stopListening();
      refresher.stop();
      stopped.abort();
    },
  };
}

function nothingAt<T>(path: string): Kept<T> {
  return { path, value: null, readAt: null, trouble: null };
}

/** The same object where nothing changed, so that nothing is drawn. */
function changed<T>(before: Kept<T>, change: (value: T) => T): Kept<T> {
  if (before.value === null) return before;
  const value = change(before.value);
  return value === before.value ? before : { ...before, value };
}
