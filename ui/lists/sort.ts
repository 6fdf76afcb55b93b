import { useState } from "preact/hooks";

/** What a list goes by, in the order its figures are shown in. */
export interface Sort {
  readonly by: string;
  readonly order: "asc" | "desc";
}

/** What pressing a column's head makes the list go by, and which way first. */
export interface SortedBy {
  readonly by: string;
  readonly first: Sort["order"];
}

export interface Sorting extends Sort {
  readonly choose: (sort: Sort) => void;
}

/** What a panel's rows go by at first: their age, the youngest first. */
const youngest: Sort = { by: "age", order: "asc" };

/** The order of a panel's own rows: as they come, newest first, or by a column. */
export function useSorted<T>(
  rows: readonly T[],
  values: Readonly<Record<string, (row: T) => number | string | null>>,
): { readonly sorted: readonly T[]; readonly sorting: Sorting; readonly list: string } {
  const [sort, choose] = useState(youngest);
  return {
    sorted: inOrder(rows, values[sort.by], sort),
    sorting: { ...sort, choose },
    list: `${sort.by} ${sort.order}`,
  };
}

/** Rows without the value come last either way; without a column the rows are as they came. */
export function inOrder<T>(
  rows: readonly T[],
  valueOf: ((row: T) => number | string | null) | undefined,
  { by, order }: Sort,
): readonly T[] {
  if (valueOf === undefined) return by === youngest.by && order === "desc" ? rows.toReversed() : rows;
  const sign = order === "asc" ? 1 : -1;
  return rows.toSorted((a, b) => {
    const [one, other] = [valueOf(a), valueOf(b)];
    if (one === other) return 0;
    if (one === null || other === null) return one === null ? 1 : -1;
    return (one < other ? -1 : 1) * sign;
  });
}

/** What pressing a column's head leads to: its own first order, then the other. */
export function nextSort(column: SortedBy, { by, order }: Sort): Sort {
  if (column.by !== by) return { by: column.by, order: column.first };
  return { by, order: order === "asc" ? "desc" : "asc" };
}
