import type { VNode } from "preact";
import { html } from "htm/preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Sorting } from "./sort";
import { ColumnHeads, type Column } from "../parts/column-heads";

export interface VirtualTableProps<T> {
  readonly caption: string;
  readonly columns: readonly Column[];
  readonly sorting?: Sorting;
  readonly rows: readonly T[];
  /** A `tr` with this number, counting from 1; all of them of one height. */
  readonly line: (row: T, number: number) => VNode;
  /** How many there are at all; null while that is not known. */
  readonly total: number | null;
  /** Called when the end of what is loaded comes near. */
  readonly more: () => void;
}

/** Rows drawn above and below what is seen, so that a fast scroll finds them there. */
const beyond = 12;
/** Until a row was measured: the height of one line, or of a phone's three. */
const guessedHeight = () => (matchMedia("(max-width: 720px)").matches ? 88 : 28);

interface Seen {
  readonly first: number;
  readonly count: number;
}

/** A table of which only what is seen is drawn, however long it is. It scrolls with the nearest `.body` around it. */
export function VirtualTable<T>({ caption, columns, sorting, rows, line, total, more }: VirtualTableProps<T>) {
  const table = useRef<HTMLTableElement>(null);
  const [height, setHeight] = useState(guessedHeight);
  const [seen, see] = useState<Seen>(() => ({ first: 0, count: Math.ceil(innerHeight / height) }));

  useEffect(() => {
    const scroller = scrollerOf(table.current);
    if (scroller === null) return;
    const measure = () => {
      const row = table.current?.querySelector<HTMLElement>("tbody tr:not(.spacer)");
      const measured = row?.getBoundingClientRect().height ?? 0;
      const tall = measured > 0 ? measured : height;
      if (Math.abs(tall - height) > 0.5) setHeight(tall);
      const first = Math.max(0, Math.floor(scroller.scrollTop / tall));
      const count = Math.ceil(scroller.clientHeight / tall) + 1;
      see((before) => (before.first === first && before.count === count ? before : { first, count }));
    };
    measure();
    scroller.addEventListener("scroll", measure, { passive: true });
    let frame = 0;
    const resized = new ResizeObserver(() => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(measure);
    });
    resized.observe(scroller);
    return () => {
      scroller.removeEventListener("scroll", measure);
      cancelAnimationFrame(frame);
      resized.disconnect();
    };
  }, [height]);

  const first = Math.max(0, Math.min(seen.first, rows.length - 1) - beyond);
  const last = Math.min(rows.length, seen.first + seen.count + beyond);
  useEffect(() => {
    if (last >= rows.length - beyond) more();
  }, [last, rows.length]);
  // A row that is drawn already is handed over as it is, so that a scroll draws only the rows it brings.
  const drawn = useMemo(() => new Map<number, VNode>(), [rows, line]);
  for (const n of drawn.keys()) if (n < first || n >= last) drawn.delete(n);
  rows.slice(first, last).forEach((row, n) => {
    if (!drawn.has(first + n)) drawn.set(first + n, line(row, first + n + 1));
  });
  const lines = [...drawn].toSorted(([a], [b]) => a - b).map(([, one]) => one);
  return html`<table class="virtual" ref=${table} aria-rowcount=${total === null ? -1 : total + 1}>
    <caption class="sr">${caption}</caption>
    <thead><tr aria-rowindex="1"><${ColumnHeads} of=${columns} sorting=${sorting} /></tr></thead>
    <tbody>
      <${Spacer} height=${first * height} />
      ${lines}
      <${Spacer} height=${(rows.length - last) * height} />
    </tbody>
  </table>`;
}

/** Room for rows that are not drawn: a drawing of that height, for the policy allows no style. */
/** Of one cell: to span a column that is hidden would give it room again. */
function Spacer({ height }: { height: number }) {
  return height <= 0
    ? null
    : html`<tr class="spacer" aria-hidden="true"><td><svg width="1" height=${height} /></td></tr>`;
}

function scrollerOf(table: HTMLElement | null): HTMLElement | null {
  return table?.closest<HTMLElement>(".body") ?? null;
}
