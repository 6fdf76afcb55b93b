import type { FilterOf, ItemOf } from "../views/queries";
import { clientFrom } from "./client/client";
import { WrongUsage } from "./exit";
import type { ListOptions } from "./options";
import { startPrinting, type Showing } from "./print/print";

/** Rows asked for at each look while following, and where all of them are new. */
const shownAtFirst = 100;
const rowsMax = 1000;

/** Prints what is there, oldest first, then each new row as it comes, until interrupted. */
export async function watch<N extends "alerts" | "signals">(
  name: N,
  options: ListOptions,
  filter: FilterOf<N>,
  showing: Showing<ItemOf<N>>,
): Promise<void> {
  const { output } = options;
  if (output === "json") throw new WrongUsage("option '-o json' is one array and --watch has no end: use -o jsonl");
  using client = await clientFrom(options);
  const interrupted = untilInterrupted();
  type Item = ItemOf<N> & { readonly id: string };
  const read = async (limit: number) => (await client.list(name, { ...filter, limit })) as readonly Item[];
  const there = (await read(options.limit)).toReversed();
  const print = startPrinting(there, output, showing);
  let last = Math.max(0, ...there.map(({ id }) => seqOf(id)));
  for await (const _ of client.changes(name, interrupted)) {
    const isNew = ({ id }: Item) => seqOf(id) > last;
    let found = await read(shownAtFirst);
    if (found.length === shownAtFirst && found.every(isNew)) found = await read(rowsMax);
    const news = found.filter(isNew).toSorted((a, b) => seqOf(a.id) - seqOf(b.id));
    for (const item of news) print(item);
    last = Math.max(last, ...news.map(({ id }) => seqOf(id)));
  }
}

function seqOf(id: string): number {
  return Number(id.slice(1));
}

function untilInterrupted(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
