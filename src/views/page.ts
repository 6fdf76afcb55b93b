import type { Rows } from "../store/paging";

export { pageFields, type Narrowed } from "../store/filters/page";
export type { Page } from "../store/paging";
export { readCursor } from "../store/cursor";

/** A part of a list, and where it goes on. */
export interface ListOf<T> {
  readonly items: T[];
  readonly next_cursor: string | null;
}

export function pageOf<R, T>({ items, nextCursor }: Rows<R>, shape: (row: R) => T): ListOf<T> {
  return { items: items.map(shape), next_cursor: nextCursor };
}
