import { answersFrom, type Answers } from "./ask/answers";
import { exitCodes } from "./exit";
import type { ListOptions } from "./options";
import { printItems, type Showing } from "./print/print";

/** Asks once, prints what is there, and says by the exit code whether anything was where that is wanted. */
export async function list<T>(options: Omit<ListOptions, "limit">, ask: (answers: Answers) => Promise<readonly T[]>, showing: Showing<T>): Promise<void> {
  using answers = await answersFrom(options);
  const items = await ask(answers);
  printItems(items, options.output, showing);
  if (options.exitCode === true && items.length > 0) process.exitCode = exitCodes.matches;
}
