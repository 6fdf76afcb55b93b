import { useMemo } from "preact/hooks";
import { useResource, type Resource } from "../live/resource";
import type { Frame } from "../wire";
import type { Reading } from "./reading";
import { useNews } from "./use-news";
import { waitingIn, withNext, withoutWaiting, withRow, withTop, withWaiting, type Part } from "./part";

/** A list as far as it was read, and how it goes on. */
export interface Listing<T> extends Pick<Resource<Part<T>>, "readAt" | "trouble" | "refetch"> {
  /** Null before the first answer. */
  readonly rows: readonly T[] | null;
  /** Whether all of it is here. */
  readonly complete: boolean;
  readonly more: () => void;
}

export interface ListingOptions<T> {
  readonly keyOf: (row: T) => string;
  /** Whether this frame may change the top of the list. Null: it is not in order of time, and stays as it was read. */
  readonly changedBy?: ((frame: Frame) => boolean) | null;
  /** The row as a frame says it is now, wherever in the list it is; null where the frame is about none. */
  readonly rowIn?: ((frame: Frame) => T | null) | undefined;
  /** Of the panel it is shown in: while someone reads, what is new waits. */
  readonly reading?: Reading | null;
  /** Rows of one page. */
  readonly limit?: number;
}

const everyMs = 2000;

/** A list of the API, `path` with its filters, read page after page; its top is read again after changes. */
export function useListing<T>(
  path: string,
  { keyOf, changedBy = null, rowIn, reading = null, limit = 100 }: ListingOptions<T>,
): Listing<T> {
  const first = withQuery(path, `limit=${limit}`);
  const { value, readAt, trouble, refetch, extend, adjust } = useResource<Part<T>>(first, {
    changedBy,
    everyMs,
    ...(rowIn === undefined ? {} : { lay: (list: Part<T>, frame: Frame) => withRow(list, rowIn(frame), keyOf) }),
    merge: (list, top) => (reading?.holds() === true ? withWaiting(list, top, keyOf) : withTop(list, top, keyOf)),
  });
  const waiting = useMemo(() => (value === null ? null : waitingIn(value, keyOf)), [value]);
  useNews(reading, waiting, () => adjust((list) => withoutWaiting(list, keyOf)));
  const cursor = value?.next_cursor ?? null;
  return {
    rows: value?.items ?? null,
    readAt,
    trouble,
    refetch,
    complete: value !== null && cursor === null,
    more() {
      if (cursor === null) return;
      extend(withQuery(first, `cursor=${encodeURIComponent(cursor)}`), (list, next) =>
        list.next_cursor === cursor ? withNext(list, next, keyOf) : list,
      );
    },
  };
}

function withQuery(path: string, query: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}${query}`;
}
