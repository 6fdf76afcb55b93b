import type { Command } from "commander";
import { dataFolder } from "../config/environment";
import { addData } from "./options";
import { remark, printLine } from "./print/print";

export function define(command: Command): void {
  addData(command.argument("<file>", "a backup, as virtuoso backup makes them")).action(run);
}

/** Puts a backup in the place of the database, and prints where what was there is kept. */
async function run(file: string, options: { readonly data?: string }): Promise<void> {
  const [{ readThrough, restoreDatabase }, { takeWriterLock }, { databasePath }] = await Promise.all([
    import("../store/restore"),
    import("../store/writer-lock"),
    import("../store/db"),
  ]);
  const data = dataFolder(options.data);
  // Looked at first: a wrong word on the command line leaves no trace.
  readThrough(file);
  using held = new DisposableStack();
  held.use(await takeWriterLock(data, "virtuoso restore", Date.now));
  const { signals, alerts, newestAt, setAside } = restoreDatabase(file, data, Date.now());
  remark(
    `${file} is now ${databasePath(data)}: ${signals} signals, ${alerts} ` +
      `alerts${newestAt === null ? "" : `, the newest of ${new Date(newestAt).toISOString()}`}`,
  );
  remark(
    "at its next start it gets a new epoch, and everyone connected starts afresh; reports that came since are read again from their folder",
  );
  if (setAside === null) return;
  remark("what was there before is kept, whole, in");
  printLine(setAside);
}
