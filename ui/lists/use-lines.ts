import type { VNode } from "preact";
import { useMemo } from "preact/hooks";

/** Each row drawn once: one that has not changed is handed over as it was drawn, until what else is drawn changes. */
export function useLines<T extends object>(
  rows: readonly T[],
  line: (row: T) => VNode,
  also: readonly unknown[] = [],
): readonly VNode[] {
  const drawn = useMemo(() => new WeakMap<T, VNode>(), also);
  return rows.map((row) => {
    const known = drawn.get(row) ?? line(row);
    drawn.set(row, known);
    return known;
  });
}
