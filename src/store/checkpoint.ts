import { Database } from "bun:sqlite";

/** Pages of the write-ahead log that are not yet in the database. */
export function pagesToCopy(database: Database): number {
  const found = database.query<{ log: number; checkpointed: number }, []>("PRAGMA wal_checkpoint(NOOP)").get();
  return found === null ? 0 : found.log - found.checkpointed;
}

/**
 * Copies what the write-ahead log holds into the database at `path`, beside its writer, which waits for nothing.
 * Throws what SQLite throws.
 */
export function checkpoint(path: string): void {
  using database = new Database(path, { readwrite: true, create: false });
  database.run("PRAGMA synchronous = FULL");
  database.query("PRAGMA wal_checkpoint(PASSIVE)").all();
}
