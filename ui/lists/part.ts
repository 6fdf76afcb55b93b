import { waitingFor, withChanges } from "./steady";

/** A list as far as it was read: what is shown, how it goes on, and the newest page where it waits to be shown. */
export interface Part<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
  readonly waits?: Answer<T> | undefined;
}

/** One page of a list, as the API answers. */
export type Answer<T> = Pick<Part<T>, "items" | "next_cursor">;

type KeyOf<T> = (row: T) => string;

/**
 * The newest page laid over the list: where they meet the rest goes on; where they do not, too much came in between.
 */
export function withTop<T>(list: Answer<T>, top: Answer<T>, keyOf: KeyOf<T>): Part<T> {
  const fresh = new Set(top.items.map(keyOf));
  const meets = list.items.some((row) => fresh.has(keyOf(row)));
  if (!meets || top.next_cursor === null) return { items: top.items, next_cursor: top.next_cursor };
  const last = top.items.at(-1);
  const joint = last === undefined ? -1 : list.items.findIndex((row) => keyOf(row) === keyOf(last));
  const older = (joint < 0 ? list.items : list.items.slice(joint + 1)).filter((row) => !fresh.has(keyOf(row)));
  return { items: [...top.items, ...older], next_cursor: older.length === 0 ? top.next_cursor : list.next_cursor };
}

/** The newest page kept aside: rows shown change in their places, and none moves. Where none is shown it is shown at once. */
export function withWaiting<T>(list: Part<T>, top: Answer<T>, keyOf: KeyOf<T>): Part<T> {
  if (list.items.length === 0) return top;
  return { ...list, items: withChanges(list.items, top.items, keyOf), waits: top };
}

/** With what waits shown. */
export function withoutWaiting<T>(list: Part<T>, keyOf: KeyOf<T>): Part<T> {
  return list.waits === undefined ? list : withTop(list, list.waits, keyOf);
}

/** How many wait: "3", or "100+" where the newest page is full of them; null where none does. */
export function waitingIn<T>({ items, waits }: Part<T>, keyOf: KeyOf<T>): string | null {
  if (waits === undefined) return null;
  const waiting = waitingFor(items, waits.items, keyOf);
  if (waiting === 0) return null;
  return waiting === waits.items.length && waits.next_cursor !== null ? `${waiting}+` : `${waiting}`;
}

export function withRow<T>(list: Part<T>, row: T | null, keyOf: KeyOf<T>): Part<T> {
  const at = row === null ? -1 : list.items.findIndex((other) => keyOf(other) === keyOf(row));
  return row === null || at < 0 ? list : { ...list, items: list.items.with(at, row) };
}

export function withNext<T>(list: Part<T>, next: Answer<T>, keyOf: KeyOf<T>): Part<T> {
  const known = new Set(list.items.map(keyOf));
  return {
    ...list,
    items: [...list.items, ...next.items.filter((row) => !known.has(keyOf(row)))],
    next_cursor: next.next_cursor,
  };
}
