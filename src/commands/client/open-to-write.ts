import { existsSync } from "node:fs";
import { databasePath, openForWriting, StoreError, type Database } from "../../store/db";
import { takeWriterLock } from "../../store/writer-lock";
import { remark } from "../print/print";

/** The database for a command that changes it while no daemon runs; makes none. `what`: how it is named to others. Throws StoreError. */
export async function openToWrite(data: string, what: string): Promise<Database> {
  const path = databasePath(data);
  if (!existsSync(path))
    throw new StoreError("missing", `no database at ${path}: start the daemon once, or name its folder with --data`);
  using stack = new DisposableStack();
  stack.use(await takeWriterLock(data, what, Date.now));
  const database = stack.use(openForWriting(data, { migrating: remark }));
  if (database.arrival.setAside !== null)
    remark(`beside ${path} lay the log of another database: it is kept in ${database.arrival.setAside}`);
  const held = stack.move();
  return { ...database, [Symbol.dispose]: () => held.dispose() };
}
