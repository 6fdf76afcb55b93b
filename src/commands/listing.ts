import { clientFrom, type Client } from "./client/client";
import { exitCodes } from "./exit";
import type { ListOptions } from "./options";
import { printItems, type Showing } from "./print/print";

/** Asks once, prints what is there, and says by the exit code whether anything was where that is wanted. */
export async function list<T>(
  options: Omit<ListOptions, "limit">,
  query: (client: Client) => Promise<readonly T[]>,
  showing: Showing<T>,
): Promise<void> {
  using client = await clientFrom(options);
  const items = await query(client);
  printItems(items, options.output, showing);
  if (options.exitCode === true && items.length > 0) process.exitCode = exitCodes.matches;
}
