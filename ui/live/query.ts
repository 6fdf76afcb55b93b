import { useEffect, useState } from "preact/hooks";
import { fetchJson } from "./fetch-json";
import { useStore } from "../store-context";
import { here } from "../here";
import type { Frame } from "../wire";

/** What was last answered, and why nothing newer was. */
export interface QueryResult<T> {
  readonly value: T | null;
  readonly trouble: string | null;
}

/**
 * What the daemon answers at `path`; asked again when it tells something that `matters`, which may depend on `path` alone.
 * A burst of news is one question: `everyMs` lie between two.
 */
export function useQuery<T>(path: string, matters: (frame: Frame) => boolean, everyMs = 1000): QueryResult<T> {
  const store = useStore();
  const [kept, keep] = useState<QueryResult<T> & { readonly path: string }>({ path, value: null, trouble: null });
  useEffect(() => {
    let running: AbortController | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let startedAt = 0;
    let failed = false;

    async function read(): Promise<void> {
      timer = undefined;
      startedAt = performance.now();
      const ours = new AbortController();
      running = ours;
      const fetched = await fetchJson<T>(here(path), ours.signal);
      if (ours.signal.aborted) return;
      failed = "trouble" in fetched;
      keep((before) =>
        "answer" in fetched
          ? { path, value: fetched.answer, trouble: null }
          : { path, value: before.path === path ? before.value : null, trouble: fetched.trouble },
      );
    }

    const stop = store.listen((frame) => {
      const due =
        frame.type === "resync" || frame.type === "refresh" || (frame.type === "hello" && failed) || matters(frame);
      if (due) timer ??= setTimeout(() => void read(), Math.max(0, everyMs - (performance.now() - startedAt)));
    });
    void read();
    return () => {
      stop();
      clearTimeout(timer);
      running?.abort();
    };
  }, [path]);
  return kept.path === path ? kept : { value: null, trouble: null };
}
