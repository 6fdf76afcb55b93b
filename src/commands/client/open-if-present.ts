import { openForReading, StoreError, type Database } from "../../store/db";

/** The database for reading; null where none was made yet. Throws StoreError for one that cannot be used. */
export function openIfPresent(data: string): Database | null {
  try {
    return openForReading(data);
  } catch (error) {
    if (error instanceof StoreError && error.code === "missing") return null;
    throw error;
  }
}
