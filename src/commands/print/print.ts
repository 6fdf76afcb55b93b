import { asCalledHere } from "./as-called-here";
import { paintFor } from "./paint";
import { plain, plainJson } from "./plain";
import { Table, type Column, type Width } from "./table";

export const formats = ["table", "json", "jsonl", "ids"] as const;
export type Format = (typeof formats)[number];

/** How items of one kind are shown. */
export interface Showing<T> {
  readonly columns: readonly Column<T>[];
  /** What names the item to another command. */
  readonly idOf: (item: T) => string;
  /** What a person reads where there is nothing. */
  readonly none: string;
}

/** Data goes to stdout and nothing else does. */
export function printLine(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** What is not data: for a person looking on. */
export function remark(line: string): void {
  process.stderr.write(`${asCalledHere(line)}\n`);
}

export function terminalWidth(): Width {
  return process.stdout.isTTY ? process.stdout.columns : null;
}

/** Prints the items, in the order given. */
export function printItems<T>(items: readonly T[], format: Format, showing: Showing<T>): void {
  if (format === "json") printLine(plainJson(items, 2));
  else startPrinting(items, format, showing);
}

/** Prints what is one thing: an object in JSON, in the table form what a person reads. */
export function printOne(
  thing: object,
  format: Format,
  { id, table }: { readonly id: string; readonly table: string },
): void {
  printLine(
    { table: () => table, json: () => plainJson(thing, 2), jsonl: () => plainJson(thing), ids: () => plain(id) }[
      format
    ](),
  );
}

/** Prints the items and answers with what prints those still to come in the same way. */
export function startPrinting<T>(
  items: readonly T[],
  format: Exclude<Format, "json">,
  { columns, idOf, none }: Showing<T>,
): (item: T) => void {
  const table = new Table(columns, items, paintFor(process.stdout), terminalWidth());
  const line = {
    table: (item: T) => table.row(item),
    jsonl: (item: T) => plainJson(item),
    ids: (item: T) => plain(idOf(item)),
  }[format];
  if (items.length === 0 && format === "table") remark(none);
  let headed = false;
  const print = (item: T) => {
    // The head comes after the row is made: the first row may widen the table.
    const row = line(item);
    if (format === "table" && !headed) printLine(table.head());
    headed = true;
    printLine(row);
  };
  for (const item of items) print(item);
  return print;
}
