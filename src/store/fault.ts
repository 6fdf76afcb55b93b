/** Why the database would not take it, as the API and the metrics name it. */
export type StoreFault = "disk-full" | "read-only" | "locked" | "corrupt" | "failed";

/** The word for what SQLite answered. */
export function storeFaultOf(error: unknown): StoreFault {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  const text = `${code} ${error instanceof Error ? error.message : String(error)}`;
  if (/SQLITE_FULL|disk is full/i.test(text)) return "disk-full";
  if (/SQLITE_READONLY|readonly|read-only|SQLITE_CANTOPEN|unable to open/i.test(text)) return "read-only";
  if (/SQLITE_BUSY|SQLITE_LOCKED|is locked/i.test(text)) return "locked";
  if (/SQLITE_CORRUPT|SQLITE_NOTADB|malformed|not a database/i.test(text)) return "corrupt";
  return "failed";
}
