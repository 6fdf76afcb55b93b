import { useEffect, useRef, useState } from "preact/hooks";
import { useStore } from "../store-context";
import { here } from "../here";
import { fetchJson } from "../live/fetch-json";
import type { Frame } from "../wire";

interface Part<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

/** A list as far as it was read, and how it goes on. */
export interface Listing<T> {
  /** Null: nothing was answered yet. */
  readonly rows: readonly T[] | null;
  readonly trouble: string | null;
  /** Whether all of it is here. */
  readonly complete: boolean;
  readonly more: () => void;
}

export interface ListingOf<T> {
  /** Path and filters, without limit and cursor. */
  readonly path: string;
  readonly keyOf: (row: T) => string;
  /** Whether this news may change the top of the list. Null: it is not in the order of time, and stays as it was read. */
  readonly matters: ((frame: Frame) => boolean) | null;
}

const pageRows = 100;
/** News of a burst are one question. */
const newsEveryMs = 2000;

interface Kept<T> {
  readonly path: string;
  readonly rows: readonly T[] | null;
  readonly cursor: string | null;
  readonly trouble: string | null;
}

/** A list of the API, read page after page as one scrolls, its top renewed when the daemon tells something new. */
export function useListing<T>({ path, keyOf, matters }: ListingOf<T>): Listing<T> {
  const store = useStore();
  const [kept, keep] = useState<Kept<T>>({ path, rows: null, cursor: null, trouble: null });
  const running = useRef(false);
  const current = useRef(path);
  current.current = path;

  useEffect(() => {
    const stopped = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let failed = false;

    async function readTop(): Promise<void> {
      timer = undefined;
      const fetched = await fetchJson<Part<T>>(addressOf(path, null), stopped.signal);
      if (stopped.signal.aborted) return;
      failed = "trouble" in fetched;
      keep((before) => {
        if ("trouble" in fetched)
          return { ...(before.path === path ? before : { path, rows: null, cursor: null }), trouble: fetched.trouble };
        return before.path === path && before.rows !== null
          ? { ...withTop(before, fetched.answer, keyOf), trouble: null }
          : { path, rows: fetched.answer.items, cursor: fetched.answer.next_cursor, trouble: null };
      });
    }

    const stop = store.listen((frame) => {
      if (
        frame.type === "resync" ||
        frame.type === "refresh" ||
        (frame.type === "hello" && failed) ||
        matters?.(frame) === true
      )
        timer ??= setTimeout(() => void readTop(), newsEveryMs);
    });
    void readTop();
    return () => {
      stop();
      stopped.abort();
      clearTimeout(timer);
      running.current = false;
    };
  }, [path]);

  async function more(): Promise<void> {
    if (running.current || kept.path !== path || kept.cursor === null) return;
    running.current = true;
    const fetched = await fetchJson<Part<T>>(addressOf(path, kept.cursor), new AbortController().signal);
    running.current = false;
    if (current.current !== path) return;
    keep((before) => {
      if (before.path !== path || before.rows === null) return before;
      if ("trouble" in fetched) return { ...before, trouble: fetched.trouble };
      const known = new Set(before.rows.map(keyOf));
      return {
        path,
        rows: [...before.rows, ...fetched.answer.items.filter((row) => !known.has(keyOf(row)))],
        cursor: fetched.answer.next_cursor,
        trouble: null,
      };
    });
  }

  const shown = kept.path === path ? kept : { rows: null, cursor: null, trouble: null };
  return {
    rows: shown.rows,
    trouble: shown.trouble,
    complete: shown.rows !== null && shown.cursor === null,
    more: () => void more(),
  };
}

/** The newest page laid over what was read: where they meet the rest goes on; where they do not, too much came in between. */
function withTop<T>(before: Kept<T>, top: Part<T>, keyOf: (row: T) => string): Kept<T> {
  const rows = before.rows ?? [];
  const fresh = new Set(top.items.map(keyOf));
  const meets = top.next_cursor === null || rows.some((row) => fresh.has(keyOf(row)));
  if (!meets || top.next_cursor === null) return { ...before, rows: top.items, cursor: top.next_cursor };
  const last = top.items.at(-1);
  const joint = last === undefined ? -1 : rows.findIndex((row) => keyOf(row) === keyOf(last));
  const older = (joint < 0 ? rows : rows.slice(joint + 1)).filter((row) => !fresh.has(keyOf(row)));
  return { ...before, rows: [...top.items, ...older], cursor: older.length === 0 ? top.next_cursor : before.cursor };
}

function addressOf(path: string, cursor: string | null): URL {
  const url = here(path);
  url.searchParams.set("limit", String(pageRows));
  if (cursor !== null) url.searchParams.set("cursor", cursor);
  return url;
}
