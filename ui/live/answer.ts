import { useEffect, useState } from "preact/hooks";
import { ask } from "./ask";
import { useStore } from "../desk-context";
import { here } from "../here";
import type { Frame } from "../wire";

/** What was last answered, and why nothing newer was. */
export interface Answer<T> {
  readonly value: T | null;
  readonly trouble: string | null;
}

/**
 * What the daemon answers at `path`; asked again when it tells something that `matters`, which may depend on `path` alone.
 * A burst of news is one question: `everyMs` lie between two.
 */
export function useAnswer<T>(path: string, matters: (frame: Frame) => boolean, everyMs = 1000): Answer<T> {
  const store = useStore();
  const [kept, keep] = useState<Answer<T> & { readonly path: string }>({ path, value: null, trouble: null });
  useEffect(() => {
    let asking: AbortController | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let askedAt = 0;
    let failed = false;

    async function read(): Promise<void> {
      timer = undefined;
      askedAt = performance.now();
      const ours = new AbortController();
      asking = ours;
      const asked = await ask<T>(here(path), ours.signal);
      if (ours.signal.aborted) return;
      failed = "trouble" in asked;
      keep((before) => "answer" in asked ? { path, value: asked.answer, trouble: null } : { path, value: before.path === path ? before.value : null, trouble: asked.trouble });
    }

    const stop = store.listen((frame) => {
      const due = frame.type === "resync" || frame.type === "refresh" || (frame.type === "hello" && failed) || matters(frame);
      if (due) timer ??= setTimeout(() => void read(), Math.max(0, everyMs - (performance.now() - askedAt)));
    });
    void read();
    return () => {
      stop();
      clearTimeout(timer);
      asking?.abort();
    };
  }, [path]);
  return kept.path === path ? kept : { value: null, trouble: null };
}
