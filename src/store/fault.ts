import { SQLiteError } from "bun:sqlite";
import type { StoreFault } from "../core/store-fault";

/** What SQLite answered to a look made elsewhere, on another thread. */
export class ReadFault extends Error {
  override readonly name = "ReadFault";
  constructor(readonly fault: StoreFault) {
    super(`the database does not answer: ${fault}`);
  }
}

/** A row is not what this program wrote: the file was damaged, and SQLite could not see it. */
export class DamagedRow extends Error {
  override readonly name = "DamagedRow";
}

/** What was written as JSON, read back. Throws DamagedRow where it no longer is that, or `shape` does not know it. */
export function storedJson(text: string): unknown;
export function storedJson<T>(text: string, shape: { parse(value: unknown): T }): T;
export function storedJson(text: string, shape?: { parse(value: unknown): unknown }): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return shape ? shape.parse(value) : value;
  } catch (error) {
    throw new DamagedRow(
      `a stored row cannot be read: ${error instanceof Error ? error.message : String(error)}`.slice(0, 300),
      { cause: error },
    );
  }
}

/** What was kept with zstd. Throws DamagedRow where it no longer is that. */
export function uncompressed(body: Uint8Array<ArrayBuffer>): Uint8Array {
  try {
    return Bun.zstdDecompressSync(body);
  } catch (error) {
    throw new DamagedRow(`a stored report cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
}

/**
 * What a read fault says of the database: `corrupt` where its pages are damaged, `failed` where the disk does not
 * answer; null where it says nothing of that.
 */
export function damageOf(error: unknown): "corrupt" | "failed" | null {
  const fault = storeFaultOf(error);
  if (fault === "corrupt") return "corrupt";
  return fault === "failed" && /SQLITE_IOERR|disk I\/O error/i.test(wordsOf(error)) ? "failed" : null;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return "";
  return error instanceof SQLiteError ? `${error.code ?? ""} ${error.message}` : wordsOf(error.cause);
}

/** The word for what SQLite answered; null where the error is not SQLite's. */
export function storeFaultOf(error: unknown): StoreFault | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof ReadFault) return error.fault;
  if (error instanceof DamagedRow) return "corrupt";
  // Drizzle wraps what SQLite throws.
  if (!(error instanceof SQLiteError)) return storeFaultOf(error.cause);
  const text = `${error.code ?? ""} ${error.message}`;
  if (/SQLITE_FULL|disk is full/i.test(text)) return "disk-full";
  if (/SQLITE_READONLY|readonly|read-only|SQLITE_CANTOPEN|unable to open/i.test(text)) return "read-only";
  if (/SQLITE_BUSY|SQLITE_LOCKED|is locked/i.test(text)) return "locked";
  if (/SQLITE_CORRUPT|SQLITE_NOTADB|malformed|not a database/i.test(text)) return "corrupt";
  return "failed";
}
