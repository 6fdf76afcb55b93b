import { SQLiteError } from "bun:sqlite";

/** Why the database would not take it, as the API and the metrics name it. */
export type StoreFault = "disk-full" | "read-only" | "locked" | "corrupt" | "missing" | "failed";

/** What SQLite answered to a look made elsewhere, on another thread. */
export class ReadFault extends Error {
  override readonly name = "ReadFault";
  constructor(readonly fault: StoreFault) {
    super(`the database does not answer: ${fault}`);
  }
}

/** The word for what SQLite answered; null where the error is not SQLite's. */
export function storeFaultOf(error: unknown): StoreFault | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof ReadFault) return error.fault;
  // Drizzle wraps what SQLite throws.
  if (!(error instanceof SQLiteError)) return storeFaultOf(error.cause);
  const text = `${error.code ?? ""} ${error.message}`;
  if (/SQLITE_FULL|disk is full/i.test(text)) return "disk-full";
  if (/SQLITE_READONLY|readonly|read-only|SQLITE_CANTOPEN|unable to open/i.test(text)) return "read-only";
  if (/SQLITE_BUSY|SQLITE_LOCKED|is locked/i.test(text)) return "locked";
  if (/SQLITE_CORRUPT|SQLITE_NOTADB|malformed|not a database/i.test(text)) return "corrupt";
  return "failed";
}
