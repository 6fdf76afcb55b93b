import { useResource, type Resource } from "../live/resource";
import type { Frame } from "../wire";

interface Part<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
}

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
  /** Rows of one page. */
  readonly limit?: number;
}

const everyMs = 2000;

/** A list of the API, `path` with its filters, read page after page; its top is read again after changes. */
export function useListing<T>(
  path: string,
  { keyOf, changedBy = null, rowIn, limit = 100 }: ListingOptions<T>,
): Listing<T> {
  const first = withQuery(path, `limit=${limit}`);
  const { value, readAt, trouble, refetch, extend } = useResource<Part<T>>(first, {
    changedBy,
    everyMs,
    ...(rowIn === undefined ? {} : { lay: (list: Part<T>, frame: Frame) => withRow(list, rowIn(frame), keyOf) }),
    merge: (list, top) => withTop(list, top, keyOf),
  });
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

/**
 * The newest page laid over the list: where they meet the rest goes on; where they do not, too much came in between.
 */
function withTop<T>(list: Part<T>, top: Part<T>, keyOf: (row: T) => string): Part<T> {
  const fresh = new Set(top.items.map(keyOf));
  const meets = list.items.some((row) => fresh.has(keyOf(row)));
  if (!meets || top.next_cursor === null) return top;
  const last = top.items.at(-1);
  const joint = last === undefined ? -1 : list.items.findIndex((row) => keyOf(row) === keyOf(last));
  const older = (joint < 0 ? list.items : list.items.slice(joint + 1)).filter((row) => !fresh.has(keyOf(row)));
  return { items: [...top.items, ...older], next_cursor: older.length === 0 ? top.next_cursor : list.next_cursor };
}

function withRow<T>(list: Part<T>, row: T | null, keyOf: (row: T) => string): Part<T> {
  const at = row === null ? -1 : list.items.findIndex((other) => keyOf(other) === keyOf(row));
  return row === null || at < 0 ? list : { ...list, items: list.items.with(at, row) };
}

function withNext<T>(list: Part<T>, next: Part<T>, keyOf: (row: T) => string): Part<T> {
  const known = new Set(list.items.map(keyOf));
  return { ...next, items: [...list.items, ...next.items.filter((row) => !known.has(keyOf(row)))] };
}
