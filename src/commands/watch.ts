import { clientFrom, type Client } from "./client/client";
import { WrongUsage } from "./exit";
import type { ListOptions } from "./options";
import { startPrinting, type Showing } from "./print/print";

/** Rows asked for at each look while following, and where all of them are new. */
const shownAtFirst = 100;
const rowsMax = 1000;

/** What following needs to know beside how to print: the place of a row in the one order of everything. */
export interface Watched<T extends { readonly id: string }> {
  readonly topic: "alerts" | "signals";
  readonly query: (client: Client, limit: number) => Promise<readonly T[]>;
  readonly showing: Showing<T>;
}

/** Prints what is there, oldest first, then each new row as it comes, until interrupted. */
export async function watch<T extends { readonly id: string }>(
  options: ListOptions,
  { topic, query, showing }: Watched<T>,
): Promise<void> {
  const { output } = options;
  if (output === "json") throw new WrongUsage("option '-o json' is one array and --watch has no end: use -o jsonl");
  using client = await clientFrom(options);
  const interrupted = untilInterrupted();
  const there = (await query(client, options.limit)).toReversed();
  const print = startPrinting(there, output, showing);
  let last = Math.max(0, ...there.map(({ id }) => seqOf(id)));
  for await (const _ of client.changes(topic, interrupted)) {
    const isNew = ({ id }: T) => seqOf(id) > last;
    let found = await query(client, shownAtFirst);
    if (found.length === shownAtFirst && found.every(isNew)) found = await query(client, rowsMax);
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
