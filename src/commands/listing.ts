import type { FilterOf, ItemOf, ListName } from "../views/queries";
import { clientFrom } from "./client/client";
import { exitCodes } from "./exit";
import type { ListOptions } from "./options";
import { printItems, type Showing } from "./print/print";

/** Asks once, prints what is there, and says by the exit code whether anything was where that is wanted. */
export async function list<N extends ListName>(
  name: N,
  options: Omit<ListOptions, "limit">,
  filter: FilterOf<N>,
  showing: Showing<ItemOf<N>>,
): Promise<void> {
  using client = await clientFrom(options);
  const items = await client.list(name, filter);
  printItems(items, options.output, showing);
  if (options.exitCode === true && items.length > 0) process.exitCode = exitCodes.matches;
}
