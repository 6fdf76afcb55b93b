import { plain } from "./plain";
import type { Paint, Tone } from "./paint";

/** One column of a table of `T`. */
export interface Column<T> {
  readonly head: string;
  /** Null shows as `unknown` does. Untrusted text may be given as it is. */
  readonly text: (item: T) => string | null;
  readonly tone?: (item: T) => Tone | null;
  readonly align?: "right";
  /** What stands where there is nothing: `-` means none, `no data` that it is not known. */
  readonly unknown?: "-" | "no data";
  /** May be cut down to so many columns of the terminal where the table is too wide; the last such column gives way first. */
  readonly widthMin?: number;
  /** Left out altogether where the terminal is too narrow even so, the lowest number first; without one it always stands. */
  readonly leaves?: number;
}

/** How wide a terminal is; null where there is none and nothing is cut. */
export type Width = number | null;

const gap = "  ";

/** A table whose widths are settled by its first rows; those to come line up with them, and widen it where they must. */
export class Table<T> {
  readonly #columns: readonly Column<T>[];
  readonly #paint: Paint;
  readonly #width: Width;
  #natural: readonly number[];
  #widths: readonly number[];

  constructor(columns: readonly Column<T>[], first: readonly T[], paint: Paint, width: Width) {
    this.#columns = staying(columns, first, width);
    this.#paint = paint;
    this.#width = width;
    this.#natural = naturalWidths(this.#columns, first);
    this.#widths = fitted(this.#columns, this.#natural, width);
  }

  head(): string {
    return this.#line(this.#columns.map(({ head }) => ({ text: head, tone: "quiet" })));
  }

  row(item: T): string {
    if (this.#widen(item)) this.#widths = fitted(this.#columns, this.#natural, this.#width);
    return this.#line(
      this.#columns.map((column) => ({
        text: textOf(column, item),
        tone: column.text(item) === null ? "quiet" : (column.tone?.(item) ?? null),
      })),
    );
  }

  #widen(item: T): boolean {
    const wider = this.#columns.map((column, index) =>
      Math.max(this.#natural[index] ?? 0, Bun.stringWidth(textOf(column, item))),
    );
    const grew = wider.some((width, index) => width !== this.#natural[index]);
    this.#natural = wider;
    return grew;
  }

  #line(cells: readonly { readonly text: string; readonly tone: Tone | null }[]): string {
    const last = cells.length - 1;
    const line = cells.map(({ text, tone }, index) => {
      const room = this.#widths[index] ?? 0;
      const shown = this.#width === null ? text : cut(text, room);
      const padding = " ".repeat(Math.max(0, room - Bun.stringWidth(shown)));
      const painted = this.#paint(shown, tone);
      if (this.#columns[index]?.align === "right") return padding + painted;
      return index === last ? painted : painted + padding;
    });
    return line.join(gap);
  }
}

/** Cut to at most so many columns of the terminal, marked by an ellipsis. */
export function cut(text: string, max: number): string {
  if (Bun.stringWidth(text) <= max) return text;
  const shorter = Bun.sliceAnsi(text, 0, Math.max(0, max), "…");
  // A character two columns wide may straddle the edge.
  return Bun.stringWidth(shorter) <= max ? shorter : Bun.sliceAnsi(text, 0, Math.max(0, max - 1), "…");
}

/** The columns there is room for. Settled once: a table does not lose one between two of its rows. */
function staying<T>(columns: readonly Column<T>[], items: readonly T[], width: Width): readonly Column<T>[] {
  if (width === null) return columns;
  let rest = columns;
  for (;;) {
    const min = naturalWidths(rest, items).map((natural, index) => Math.min(natural, rest[index]?.widthMin ?? natural));
    const next = rest
      .filter(({ leaves }) => leaves !== undefined)
      .toSorted((a, b) => (a.leaves ?? 0) - (b.leaves ?? 0))[0];
    if (next === undefined || total(min) <= width) return rest;
    rest = rest.filter((column) => column !== next);
  }
}

function naturalWidths<T>(columns: readonly Column<T>[], items: readonly T[]): number[] {
  return columns.map((column) =>
    items.reduce(
      (widest, item) => Math.max(widest, Bun.stringWidth(textOf(column, item))),
      Bun.stringWidth(column.head),
    ),
  );
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, each) => sum + each, 0) + gap.length * (widths.length - 1);
}

function textOf<T>(column: Column<T>, item: T): string {
  const text = column.text(item);
  return text === null ? (column.unknown ?? "-") : plain(text);
}

function fitted<T>(columns: readonly Column<T>[], natural: readonly number[], width: Width): number[] {
  const widths = [...natural];
  if (width === null) return widths;
  let over = total(widths) - width;
  for (const [index, { widthMin }] of [...columns.entries()].toReversed()) {
    const now = widths[index] ?? 0;
    if (over <= 0 || widthMin === undefined || now <= widthMin) continue;
    const given = Math.min(over, now - widthMin);
    widths[index] = now - given;
    over -= given;
  }
  return widths;
}
